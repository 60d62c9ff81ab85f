package import LabFacts

extension ProxyOrder {
  /// The client's side of the dialogue with this proxy. Where the language has the client resolve
  /// (`socks4`, `socks5`), the target is an address.
  package func dialogue(to target: Endpoint) -> any Dialogue {
    SocksClient(language, target: target, credentials: credentials)
      ?? ConnectClient(target: target, credentials: credentials, agent: agent)
  }

  /// Does the client look the target's name up, before it asks this proxy?
  package var resolvesHere: Bool {
    switch language {
    case .socks4, .socks5: true
    case .socks4a, .socks5h, .connect: false
    }
  }
}
