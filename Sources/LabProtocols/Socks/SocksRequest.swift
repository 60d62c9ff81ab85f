import LabFacts

/// The version of SOCKS a client speaks, and who looks names up.
struct SocksForm: Sendable {
  let version: Int
  let sendsNames: Bool

  init?(_ language: ProxyOrder.Language) {
    switch language {
    case .socks4: (version, sendsNames) = (4, false)
    case .socks4a: (version, sendsNames) = (4, true)
    case .socks5: (version, sendsNames) = (5, false)
    case .socks5h: (version, sendsNames) = (5, true)
    case .connect: return nil
    }
  }

  /// Why this target cannot be asked for, and what to do; nothing where it can.
  func objection(to target: Endpoint) -> String? {
    guard (1...65535).contains(target.port) else { return "SOCKS needs a port from 1 to 65535" }
    switch IPAddress(target.host) {
    case .v4: return nil
    case .v6: return version == 4 ? "SOCKS 4 carries no IPv6 address: use socks5 or socks5h" : nil
    case nil:
      guard TunnelTarget.isHost(target.host) else { return "this is no name that can be looked up" }
      return sendsNames ? nil : "look the name up first, or use socks4a or socks5h: then the proxy does"
    }
  }

  /// The setting that SOCKS cannot carry; nothing where it can.
  func objection(to credentials: Credentials?) -> String? {
    guard let credentials else { return nil }
    if version == 4 { return credentials.user.utf8.contains(0) ? "the proxy's user name" : nil }
    if !(1...255).contains(credentials.user.utf8.count) { return "the proxy's user name" }
    return (1...255).contains(credentials.password.utf8.count) ? nil : "the proxy's password"
  }
}

/// The messages of a SOCKS client.
enum SocksRequest {
  /// The command that makes a connection; the others (BIND, UDP ASSOCIATE) are not for this lab.
  static let connect: UInt8 = 1

  /// RFC 1929. Both are 1 to 255 bytes long: `SocksForm` has seen to that.
  static func login(_ credentials: Credentials) -> [UInt8] {
    let user = Array(credentials.user.utf8.prefix(255))
    let password = Array(credentials.password.utf8.prefix(255))
    return [1, UInt8(user.count)] + user + [UInt8(password.count)] + password
  }

  /// SOCKS 4, or 4a where the target is a name: then the address is 0.0.0.1, which is none, and the name
  /// comes last.
  static func four(_ target: Endpoint, user: String) -> [UInt8]? {
    guard let port = SocksAddress.port(target.port) else { return nil }
    let head = [4, connect] + port
    let userField = Array(user.utf8) + [0]
    switch IPAddress(target.host) {
    case .v4(let bytes): return head + bytes + userField
    case .v6: return nil
    case nil: return head + [0, 0, 0, 1] + userField + Array(target.host.utf8) + [0]
    }
  }
}
