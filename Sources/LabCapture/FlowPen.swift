import LabFacts

/// Writes the packets of one connection: counts sequence numbers, and says of each packet what of it is inferred.
struct FlowPen {
  /// A packet ready to be written.
  struct Packet {
    let captured: [UInt8]
    let length: Int
    let comment: String
  }

  private let flow: Flow
  private let from: [Side: PacketBytes]
  /// Bytes of each direction that are on the wire.
  private var next: [Side: Int] = [:]
  private var ended: Set<Side> = []
  private var isReset = false
  /// A number of its own for each connection, so that a port used again is a new one for every reader.
  private let first: UInt32

  private static let inferred = "inferred, not captured"

  /// Nothing where the connection has no IP addresses.
  init?(_ flow: Flow, number: Int) {
    guard let up = PacketBytes(from: flow.client, to: flow.server),
      let down = PacketBytes(from: flow.server, to: flow.client)
    else { return nil }
    self.flow = flow
    from = [.client: up, .server: down]
    first = UInt32(truncatingIfNeeded: number) &* 0x0100_0193
  }

  mutating func packets(_ event: FlowEvent) -> [Packet] {
    guard !isReset else { return [] }
    switch event.kind {
    case .opening:
      return [
        packet(.client, .syn, "SYN: \(FlowPen.inferred)"),
        packet(.server, [.syn, .ack], "SYN, ACK: \(FlowPen.inferred)"),
        packet(.client, .ack, "ACK: \(FlowPen.inferred)"),
      ].compactMap(\.self)
    case .data(let segment):
      return flow.network == .udp ? datagram(event, segment) : data(event, segment)
    case .fin: return fin(event)
    case .rst:
      isReset = true
      return [
        packet(event.from, [.rst, .ack], "RST, told by the end that met it; header \(FlowPen.inferred)")
      ]
      .compactMap(\.self)
    }
  }

  private mutating func data(_ event: FlowEvent, _ segment: WireSegment) -> [Packet] {
    guard !ended.contains(event.from) else { return [] }
    var packets = fill(event.from, to: segment.offset)
    let known = next[event.from, default: 0] - segment.offset
    guard known >= 0, known < segment.bytes.total else { return packets }
    packets += stretch(
      event.from, segment.bytes.kept.dropFirst(known), total: segment.bytes.total - known,
      "\(event.teller): \(segment.title)")
    return packets
  }

  private mutating func fin(_ event: FlowEvent) -> [Packet] {
    guard !ended.contains(event.from) else { return [] }
    var packets = fill(event.from, to: flow.ends[event.from]?.sent ?? 0)
    let told = "FIN, told by \(event.teller); header \(FlowPen.inferred)"
    packets += [packet(event.from, [.fin, .ack], told)].compactMap(\.self)
    ended.insert(event.from)
    next[event.from, default: 0] += 1
    if ended.count == 2 {
      packets += [packet(event.from.other, .ack, "ACK: \(FlowPen.inferred)")].compactMap(\.self)
    }
    return packets
  }

  private func datagram(_ event: FlowEvent, _ segment: WireSegment) -> [Packet] {
    guard let bytes = from[event.from] else { return [] }
    let total = min(segment.bytes.total, PacketBytes.largestDatagram)
    let captured = bytes.udp(segment.bytes.kept, total: total)
    return [
      Packet(
        captured: captured, length: captured.count + total - segment.bytes.kept.count,
        comment: "\(event.teller): \(segment.title)")
    ]
  }

  /// Bytes that crossed and were not kept: packets of their true length without them.
  private mutating func fill(_ side: Side, to offset: Int) -> [Packet] {
    let missing = offset - next[side, default: 0]
    guard missing > 0 else { return [] }
    return stretch(side, [], total: missing, "netlab did not keep these bytes")
  }

  private mutating func stretch(
    _ side: Side, _ kept: ArraySlice<UInt8>, total: Int, _ comment: String
  ) -> [Packet] {
    var (packets, rest, left): ([Packet], ArraySlice<UInt8>, Int) = ([], kept, total)
    while left > 0 {
      let count = min(left, PacketBytes.largestSegment)
      let bytes = Array(rest.prefix(count))
      let cut = bytes.count < count && !bytes.isEmpty ? "; netlab kept \(bytes.count) of \(count) bytes" : ""
      packets += [packet(side, [.psh, .ack], comment + cut, bytes, total: count)].compactMap(\.self)
      next[side, default: 0] += count
      rest = rest.dropFirst(count)
      left -= count
    }
    return packets
  }

  private func packet(
    _ side: Side, _ flags: PacketBytes.Flags, _ comment: String, _ kept: [UInt8] = [], total: Int = 0
  ) -> Packet? {
    guard let bytes = from[side] else { return nil }
    let opens = flags.contains(.syn)
    let segment = PacketBytes.Segment(
      flags: flags, sequence: opens ? first : number(side),
      acknowledged: flags.contains(.ack) ? number(side.other) : 0)
    let captured = bytes.tcp(segment, kept, total: total)
    return Packet(captured: captured, length: captured.count + total - kept.count, comment: comment)
  }

  private func number(_ side: Side) -> UInt32 {
    first &+ 1 &+ UInt32(truncatingIfNeeded: next[side, default: 0])
  }
}
