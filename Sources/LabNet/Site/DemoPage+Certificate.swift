import LabFacts

extension DemoPage {
  /// The certificate behind this connection, and how to check that it is the right one.
  var certificate: HTML {
    guard let shown = visitor.certificate else {
      return section("certificate", "The certificate", "<p>None was shown on this connection.</p>")
    }
    return section(
      "certificate", "The certificate you were shown",
      """
      \(resumedNote)<dl class="facts">
      \(Self.row("Subject", shown.subject))
      \(Self.row("Good for", shown.names.isEmpty ? "no name" : shown.names.joined(separator: "\n")))
      \(Self.row("Valid", "\(Self.day(shown.notBefore)) to \(Self.day(shown.notAfter))"))
      \(Self.row("Issuer", shown.issuer))
      \(Self.row("Key", shown.key))
      <dt>SHA-256</dt><dd>\(Self.fingerprint(shown.fingerprint))</dd>
      </dl>
      \(authorityPart)
      <p class="small">Did your browser warn you? This page can't know. If you clicked through a warning, \
      the connection is encrypted, but you have not checked who is at the other end.</p>
      \(SiteLesson.whoseSignature.pointer)
      """)
  }

  private var resumedNote: HTML {
    guard visitor.resumed else { return .empty }
    return """
      <p>Nothing was shown this time: the session was resumed. You saw this one on an earlier \
      connection.</p>

      """
  }

  private var authorityPart: HTML {
    guard let authority = visitor.authority else { return .empty }
    return """
      <h3>Who signed it</h3>
      <p><code>\(authority.subject)</code>, this lab's own authority. No browser knows it until you import \
      it. It can vouch for <code>localhost</code>, <code>.test</code> names and loopback addresses, and \
      for nothing else.\(downloadNote)</p>
      <dl class="facts"><dt>Its SHA-256</dt><dd>\(Self.fingerprint(authority.fingerprint))</dd></dl>
      <p class="small">Compare it with the one in your terminal before you trust it. \
      <code>netlab demo --trust</code> prints it, with the steps for curl, Chrome and Firefox.</p>
      """
  }

  private var downloadNote: HTML {
    offersCA ? " Here it is: <a href=\"/ca.crt\">netlab-ca.crt</a>." : .empty
  }

  private static func row(_ name: String, _ value: String) -> HTML {
    let lines = value.split(separator: "\n").map { "<code>\(String($0))</code> " as HTML }
    return "<dt>\(name)</dt><dd>\(lines)</dd>"
  }

  /// Breaks only between bytes, so that two prints can be compared line by line.
  private static func fingerprint(_ text: String) -> HTML {
    let bytes = text.split(separator: ":").map(String.init)
    let parts = bytes.enumerated().map { index, byte in
      index + 1 < bytes.count ? "\(byte):<wbr>" as HTML : "\(byte)"
    }
    return "<code>\(parts)</code>"
  }

  /// The date of an RFC 3339 moment.
  private static func day(_ moment: String) -> String { String(moment.prefix { $0 != "T" }) }
}
