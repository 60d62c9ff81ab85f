import LabFacts

/// The kernel's TCP sockets by /proc/net/tcp and tcp6 (proc(5)), where sock_diag is not allowed. It does not
/// tell a listener's backlog.
enum ProcNet {
  static func read(_ wanted: (_ local: Int, _ peer: Int) -> Bool) -> [KernelSocket]? {
    guard let four = SmallFile.read("/proc/net/tcp") else { return nil }
    let six = SmallFile.read("/proc/net/tcp6") ?? ""
    return parse(four, wanted) + parse(six, wanted)
  }

  static func parse(_ table: String, _ wanted: (Int, Int) -> Bool) -> [KernelSocket] {
    table.split(separator: "\n").dropFirst().compactMap { line in
      let columns = line.split(separator: " ")
      guard columns.count > 4, let local = endpoint(columns[1]), let peer = endpoint(columns[2]),
        wanted(local.port, peer.port), let number = Int(columns[3], radix: 16),
        let state = TCPState(rawValue: number)
      else { return nil }
      let queues = columns[4].split(separator: ":").compactMap { Int($0, radix: 16) }
      guard queues.count == 2 else { return nil }
      return KernelSocket(
        state: state, local: local, peer: peer, receiveQueue: queues[1], sendQueue: queues[0])
    }
  }

  /// `0100007F:1F90`: 32-bit words of the address in host byte order, the port in hexadecimal.
  private static func endpoint(_ text: some StringProtocol) -> Endpoint? {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = Int(parts[1], radix: 16), parts[0].count == 8 || parts[0].count == 32
    else { return nil }
    var bytes: [UInt8] = []
    var rest = parts[0][...]
    while !rest.isEmpty {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      withUnsafeBytes(of: word) { bytes += Array($0) }
      rest = rest.dropFirst(8)
    }
    return Endpoint(IPAddress(bytes)?.text ?? "", port)
  }
}
