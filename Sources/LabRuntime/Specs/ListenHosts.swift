/// The addresses a listener takes.
struct ListenHosts: Equatable {
  let host: String
  /// One socket for both families (IPV6_V6ONLY off).
  let dualStack: Bool

  init(_ host: String, dualStack: Bool = false) {
    self.host = host
    self.dualStack = dualStack
  }

  /// A bare port, and `localhost`, mean 127.0.0.1 unless `ipv` says otherwise; `*` means every address of
  /// both families from one socket.
  static func of(_ address: AddressSpec, ipv: String?) throws(UsageProblem) -> [ListenHosts] {
    if let path = address.path { return [ListenHosts(path)] }
    switch (address.host, ipv) {
    case (nil, "6"), ("localhost", "6"): return [ListenHosts("::1")]
    case (nil, "*"), ("localhost", "*"): return [ListenHosts("127.0.0.1"), ListenHosts("::1")]
    case (nil, _), ("localhost", _): return [ListenHosts("127.0.0.1")]
    case ("*", "4"): return [ListenHosts("0.0.0.0")]
    case ("*", "6"): return [ListenHosts("::")]
    case ("*", _): return [ListenHosts("::", dualStack: true)]
    case (let host?, let version): return [ListenHosts(try matching(host, version))]
    }
  }

  private static func matching(_ host: String, _ version: String?) throws(UsageProblem) -> String {
    let isFour = host.allSatisfy { $0.isNumber || $0 == "." }
    if version == "6", isFour { throw UsageProblem("\(host) is an IPv4 address, and ipv is 6.") }
    if version == "4", host.contains(":") { throw UsageProblem("\(host) is an IPv6 address, and ipv is 4.") }
    return host
  }
}
