import LabFacts

extension DemoPage {
  /// What the two ends settled on.
  var agreement: HTML {
    guard let agreed = visitor.negotiated else {
      return section(
        "agreed", "What was agreed",
        "<p>Nothing. This connection has no TLS, so every byte of it can be read and changed on the way.</p>")
    }
    return section(
      "agreed", "What was agreed",
      """
      <dl class="facts">
      \(Self.fact("TLS version", agreed.versionName, versionMeaning(agreed)))
      <dt>Cipher suite</dt>
      <dd><code>\(agreed.suite)</code>\(suiteParts(agreed.suite))</dd>
      \(Self.fact("Group", agreed.group ?? "none", groupMeaning(agreed)))
      \(Self.fact("Server name (SNI)", visitor.serverName ?? "not sent", nameMeaning))
      \(Self.fact("Protocol (ALPN)", agreed.alpn ?? "none", protocolMeaning(agreed)))
      \(Self.fact("Resumed", agreed.resumed ? "yes" : "no", resumedMeaning(agreed)))
      </dl>
      """)
  }

  static func fact(_ name: String, _ value: String, _ meaning: HTML) -> HTML {
    "<dt>\(name)</dt>\n<dd><code>\(value)</code><p>\(meaning)</p></dd>"
  }

  private func suiteParts(_ suite: String) -> HTML {
    let rows = SuitePart.parts(of: suite).map {
      "<li><code>\($0.text)</code> \($0.meaning)</li>" as HTML
    }
    return "<ul class=\"parts\">\(rows)</ul>"
  }

  private func versionMeaning(_ agreed: Negotiated) -> HTML {
    switch agreed.version {
    case 0x0304: "The newest one. One round trip, and the certificate travels encrypted."
    case 0x0303: "Still fine. Two round trips, and the certificate travels in clear text."
    default: "An old one. Today's browsers refuse it."
    }
  }

  private func groupMeaning(_ agreed: Negotiated) -> HTML {
    guard let group = agreed.group else {
      return agreed.resumed
        ? "The keys come from the earlier session."
        : "No fresh secret was made together: the client sent one, locked with the server's key."
    }
    let quantum: HTML =
      group.contains("MLKEM")
      ? " It also holds against quantum computers, as far as is known today." : .empty
    return "The kind of arithmetic that gave both sides the same secret without sending it.\(quantum)"
  }

  private var nameMeaning: HTML {
    guard let name = visitor.serverName else {
      return authority.isAddress
        ? "You asked for an address, and only names are sent. The server can't pick a certificate by name."
        : "Your program named no server, so it gets the certificate for everybody."
    }
    return """
      Your program says this in its first message, before any key exists. So everybody on the way can read \
      that you want “\(name)”.
      """
  }

  private func protocolMeaning(_ agreed: Negotiated) -> HTML {
    let offered = visitor.offered(.alpn)
    let list = offered.joined(separator: ", ")
    switch (agreed.alpn, offered.isEmpty) {
    case (_?, false): return "Your program offered \(list). This server speaks http/1.1 and took that."
    case (_?, true): return "What the two sides will speak inside TLS."
    case (nil, false): return "Your program offered \(list), and the server took none."
    case (nil, true): return "Your program did not ask, so both sides fall back to HTTP/1.1."
    }
  }

  private func resumedMeaning(_ agreed: Negotiated) -> HTML {
    agreed.resumed
      ? "Your program showed a ticket from an earlier visit. So no certificate was sent this time."
      : "A full handshake: the server proved who it is, with its certificate."
  }
}
