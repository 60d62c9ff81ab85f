package import LabFacts

extension TargetSpec {
  /// The proxy a person names by URL: `socks5h://user:password@host:1080`, `http://host:8080`. What is
  /// refused is told without the user and the password.
  package static func proxy(_ url: String) throws(UsageProblem) -> ProxyOrder {
    guard let mark = url.firstRange(of: "://") else {
      throw UsageProblem(
        "A proxy is named by a URL, such as socks5://127.0.0.1:1080 or http://127.0.0.1:8080.")
    }
    let language = try language(String(url[..<mark.lowerBound]).lowercased())
    let authority = url[mark.upperBound...]
    // What stands after the last @ is the address; an @ in a password would be taken for its end.
    let at = authority.lastIndex(of: "@")
    let rest = at.map { authority[authority.index(after: $0)...] } ?? authority
    guard rest.drop(while: { $0 != "/" }).count <= 1 else {
      throw UsageProblem("The URL of a proxy ends after its port: it has no path.")
    }
    let endpoint = try proxyAddress(String(rest.prefix { $0 != "/" }), language)
    let credentials = try at.map { index throws(UsageProblem) in
      try Self.credentials(authority[..<index], language)
    }
    return ProxyOrder(language: language, at: endpoint, credentials: credentials)
  }

  private static let schemes: [String: ProxyOrder.Language] = [
    "socks4": .socks4, "socks4a": .socks4a, "socks5": .socks5, "socks5h": .socks5h, "http": .connect,
  ]

  private static func language(_ scheme: String) throws(UsageProblem) -> ProxyOrder.Language {
    if let language = schemes[scheme] { return language }
    if scheme == "https" {
      throw UsageProblem(
        "A proxy that is itself reached through TLS is not supported: write http:// for one that takes CONNECT in clear."
      )
    }
    throw .unknown("kind of proxy", scheme, among: schemes.keys.sorted())
  }

  private static func proxyAddress(
    _ text: String, _ language: ProxyOrder.Language
  ) throws(UsageProblem) -> Endpoint {
    let address = try AddressSpec.parse(text)
    guard let host = address.host, host != "*", address.port != 0 else {
      throw UsageProblem("The URL of a proxy needs its host, such as http://127.0.0.1:8080.")
    }
    return Endpoint(host, address.port ?? (language == .connect ? 8080 : 1080))
  }

  private static func credentials(
    _ text: Substring, _ language: ProxyOrder.Language
  ) throws(UsageProblem) -> Credentials {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let user = decoded(parts[0]), let password = decoded(parts.count > 1 ? parts[1] : "") else {
      throw UsageProblem(
        "The user or the password in the URL of the proxy has a % without two hexadecimal digits after it. Write a % itself as %25."
      )
    }
    switch language {
    case .socks4, .socks4a:
      guard password.isEmpty else {
        throw UsageProblem("SOCKS 4 knows a user and no password. Use socks5:// for a password.")
      }
    case .socks5, .socks5h:
      // RFC 1929 section 2: one byte says how long each is.
      guard (1...255).contains(user.utf8.count), (1...255).contains(password.utf8.count) else {
        throw UsageProblem("SOCKS 5 takes a user and a password of 1 to 255 bytes each.")
      }
    case .connect:
      guard !user.contains(":") else {
        throw UsageProblem("A user with a colon in its name can't be sent to an HTTP proxy (RFC 7617).")
      }
    }
    return Credentials(user: user, password: password)
  }

  /// Percent-encoded text as it is meant; nothing where the encoding is broken.
  static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
