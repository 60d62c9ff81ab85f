import LabFacts

extension DemoPage {
  /// What the ClientHello listed, folded; what the server took of it is marked.
  var offer: HTML {
    guard let hello = visitor.clientHello else {
      let reason: HTML = visitor.negotiated == nil ? "There was none: no TLS." : "It was not kept."
      return section("offer", "What your program offered", wide: true, "<p>\(reason)</p>")
    }
    return section(
      "offer", "What your program offered", wide: true,
      """
      <p>The ClientHello is an offer: \(hello.length) bytes, most wanted first. The server takes one of \
      each. What it took is marked.</p>
      <div class="folds">
      \(Self.offeredFields.map { fold($0.name, $0.title) })</div>
      \(greaseNote)
      """)
  }

  private func fold(_ name: HandshakeField.Name, _ title: String) -> HTML {
    let values = visitor.offered(name)
    guard !values.isEmpty else {
      return "<p class=\"fold none\"><b>\(Self.capitalized(title))</b> <span>not sent</span></p>\n"
    }
    return """
      <details class="fold"><summary><b>\(Self.capitalized(title))</b> <span>\(values.count)</span></summary>
      <p>\(Self.meaning(of: name))</p>
      <ol>\(values.map { item($0, chosen: chosen(name)) })</ol>
      </details>

      """
  }

  private func item(_ value: String, chosen: String?) -> HTML {
    if let chosen, value == chosen || value.hasPrefix(chosen + " ") {
      return "<li class=\"chosen\"><code>\(value)</code> <b>taken</b></li>"
    }
    return "<li><code>\(value)</code></li>"
  }

  private func chosen(_ name: HandshakeField.Name) -> String? {
    switch name {
    case .versions: visitor.negotiated?.versionName
    case .suites: visitor.negotiated?.suite
    case .groups, .keyShares: visitor.negotiated?.group
    case .alpn: visitor.negotiated?.alpn
    case .legacyVersion, .random, .sessionID, .suite, .group, .signatureAlgorithms, .serverName, .extensions,
      .retryRequest, .certificates, .authorities, .signatureAlgorithm, .lifetime, .sizes:
      nil
    }
  }

  private static func meaning(of name: HandshakeField.Name) -> HTML {
    switch name {
    case .versions: "TLS versions your program speaks."
    case .suites: "Ciphers and hashes it can use. Names with WITH are for TLS 1.2 and older."
    case .groups: "Kinds of key exchange it can do."
    case .keyShares: "Its half of the key exchange, made in advance to save a round trip."
    case .signatureAlgorithms: "Kinds of signature it can check in a certificate and in the handshake."
    case .alpn: "What it would like to speak inside TLS."
    case .extensions: "Everything else is an extension, in the order it was sent."
    case .legacyVersion, .random, .sessionID, .suite, .group, .serverName, .retryRequest, .certificates,
      .authorities, .signatureAlgorithm, .lifetime, .sizes:
      .empty
    }
  }

  private var greaseNote: HTML {
    let all = Self.offeredFields.flatMap { visitor.offered($0.name) }
    guard all.contains(where: { $0.hasPrefix("GREASE") }) else { return .empty }
    return """
      <p class="small"><b>GREASE</b> is a made-up value. Browsers send some on purpose, so that servers \
      learn to skip what they do not know.</p>
      """
  }

  private static func capitalized(_ title: String) -> String {
    title.prefix(1).uppercased() + title.dropFirst()
  }
}
