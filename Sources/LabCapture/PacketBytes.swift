import LabFacts

/// Builds the headers that the kernel built, and no program saw: IPv4 or IPv6, then TCP or UDP.
struct PacketBytes {
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let fin = Flags(rawValue: 0x01)
    static let syn = Flags(rawValue: 0x02)
    static let rst = Flags(rawValue: 0x04)
    static let psh = Flags(rawValue: 0x08)
    static let ack = Flags(rawValue: 0x10)
  }

  /// What a TCP header says.
  struct Segment {
    var flags: Flags
    var sequence: UInt32
    var acknowledged: UInt32
  }

  let source: IPAddress
  let target: IPAddress
  let sourcePort: UInt16
  let targetPort: UInt16

  /// The most one segment carries: loopback's MTU of 65535 without the headers of IPv4 and TCP.
  static let largestSegment = 65_495
  /// The most one datagram carries over IPv4.
  static let largestDatagram = 65_507
  private static let (tcp, udp): (UInt8, UInt8) = (6, 17)

  init?(from source: Endpoint, to target: Endpoint) {
    guard let from = IPAddress(source.numericHost), let to = IPAddress(target.numericHost),
      from.isVersion6 == to.isVersion6, let fromPort = UInt16(exactly: source.port),
      let toPort = UInt16(exactly: target.port)
    else { return nil }
    self.source = from
    self.target = to
    sourcePort = fromPort
    targetPort = toPort
  }

  /// A TCP packet with the bytes that were kept; `total` counts those it carried.
  func tcp(_ segment: Segment, _ kept: [UInt8] = [], total: Int) -> [UInt8] {
    var options: [UInt8] = []
    if segment.flags.contains(.syn) {
      options = [2, 4]
      options.big(UInt16(PacketBytes.largestSegment))
      // A window wide enough that none of it ever looks full.
      options += [1, 3, 3, 7]
    }
    var header: [UInt8] = []
    header.big(sourcePort)
    header.big(targetPort)
    header.big(segment.sequence)
    header.big(segment.acknowledged)
    header.append(UInt8((20 + options.count) / 4) << 4)
    header.append(segment.flags.rawValue)
    header.big(UInt16.max)
    header += [0, 0, 0, 0]
    header += options
    if kept.count == total { checksum(&header, at: 16, kept, PacketBytes.tcp) }
    return ip(PacketBytes.tcp, length: header.count + total) + header + kept
  }

  /// A UDP packet.
  func udp(_ kept: [UInt8], total: Int) -> [UInt8] {
    var header: [UInt8] = []
    header.big(sourcePort)
    header.big(targetPort)
    header.big(UInt16(clamping: 8 + total))
    header += [0, 0]
    if kept.count == total { checksum(&header, at: 6, kept, PacketBytes.udp) }
    return ip(PacketBytes.udp, length: header.count + total) + header + kept
  }

  private func ip(_ transport: UInt8, length: Int) -> [UInt8] {
    var header: [UInt8] = []
    if source.isVersion6 {
      header += [0x60, 0, 0, 0]
      header.big(UInt16(clamping: length))
      header += [transport, 64]
      return header + source.bytes + target.bytes
    }
    header += [0x45, 0]
    header.big(UInt16(clamping: length + 20))
    // Not to be taken apart on the way, so it needs no number.
    header += [0, 0, 0x40, 0, 64, transport, 0, 0]
    header += source.bytes + target.bytes
    put(PacketBytes.sum(header), into: &header, at: 10)
    return header
  }

  private func checksum(_ header: inout [UInt8], at place: Int, _ payload: [UInt8], _ transport: UInt8) {
    var pseudo = source.bytes + target.bytes
    pseudo.big(UInt32(header.count + payload.count))
    pseudo.big(UInt32(transport))
    let sum = PacketBytes.sum(pseudo + header + payload)
    put(sum == 0 && transport == PacketBytes.udp ? 0xffff : sum, into: &header, at: place)
  }

  private func put(_ sum: UInt16, into header: inout [UInt8], at place: Int) {
    header[place] = UInt8(sum >> 8)
    header[place + 1] = UInt8(sum & 0xff)
  }

  /// RFC 1071.
  static func sum(_ bytes: [UInt8]) -> UInt16 {
    var total: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      let low = index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0
      total += UInt32(bytes[index]) << 8 | low
      total = (total & 0xffff) + (total >> 16)
    }
    return ~UInt16(truncatingIfNeeded: total)
  }
}

extension Endpoint {
  /// A zone (`%eth0`) is not part of what a packet carries.
  fileprivate var numericHost: String { String(unmapped.host.prefix { $0 != "%" }) }
}
