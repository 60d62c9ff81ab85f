package import LabFacts

/// Why a server could not start, in words that say what to do next. Decided by numbers.
package enum StartTrouble {
  /// One sentence or two. `order` is what was asked for.
  package static func words(_ failure: Failure, _ order: ListenOrder) -> String {
    let place =
      order.network == .unix ? order.host : Endpoint(order.host, order.preferredPort ?? 0).description
    let said = failure.verbatim.first.map { " (\(Notation.escaped($0)))" } ?? ""
    let subject = failure.evidence.subject.map(Notation.escaped)
    switch failure.code {
    case .addrInUse: return inUse(place, order) + said
    case .portPrivilege: return forbidden(place, order) + said
    case .addrNotAvail:
      return "\(place) is no address of this machine\(said). `ip addr` lists them; 127.0.0.1 is always there."
    case .badAddress:
      return "\(place) can't be bound\(said). Where a machine has no IPv6, say --ipv 4."
    case .dnsNameUnknown: return "No address is known for \(Notation.escaped(order.host))\(said)."
    case .keyPassphrase:
      return "The key \(subject ?? "") is encrypted and did not open\(said). Say --passphrase-file FILE."
    case .certFileMissing, .trustStoreMissing:
      return
        "\(subject ?? "A file") is missing\(said). Name a file that can be read, or an identity of the lab."
    case .badKeyPair:
      return "The key does not belong to the certificate\(said). Make the two anew, or name the right pair."
    case .badPem: return "\(subject ?? "A file") holds no PEM of that sort\(said)."
    case .badCipherList:
      return
        "No suite or group is meant by \(subject ?? "this list")\(said). `openssl ciphers -s -v` lists suites."
    case .tooManyFiles: return "No descriptor is left for \(place)\(said). Raise `ulimit -n`."
    default:  // what else can go wrong has no advice of its own
      return "\(place) can't be served: \(failure.code.rawValue)\(said)."
    }
  }

  private static func inUse(_ place: String, _ order: ListenOrder) -> String {
    if order.network == .unix {
      return "\(place) is in use: a server answers on it. Stop it, or name another path"
    }
    let port = order.preferredPort ?? 0
    let list = order.network == .udp ? "ss -lunp" : "ss -ltnp"
    return "\(place) is in use. `\(list) 'sport = :\(port)'` shows by whom; port 0 takes a free one"
  }

  private static func forbidden(_ place: String, _ order: ListenOrder) -> String {
    guard order.network != .unix else { return "\(place) may not be made: the folder belongs to others" }
    guard (order.preferredPort ?? 0) < 1024 else { return "\(place) is forbidden on this machine" }
    return """
      \(place) is privileged: ports below 1024 are for root. Take one above, or allow it: \
      `sudo sysctl net.ipv4.ip_unprivileged_port_start=\(order.preferredPort ?? 0)`
      """
  }
}
