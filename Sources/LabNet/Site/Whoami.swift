import LabFacts

/// The visitor's connection for people with curl: a plain list, or JSON where the client prefers it.
struct Whoami {
  let request: SiteRequest
  let visitor: VisitorCard

  init(_ request: SiteRequest, _ visitor: VisitorCard) {
    self.request = request
    self.visitor = visitor
  }

  var response: SiteResponse {
    let accept = Accept(headers: request.values("accept"))
    let wantsJSON = accept.prefers("application/json", to: "text/plain")
    if !wantsJSON, let verdict = VisitorVerdict(visitor), accept.prefers("text/html", to: "text/plain") {
      return SiteResponse(200, "OK", page: page(verdict), extra: [.init("Vary", "Accept")])
    }
    return SiteResponse(
      200, "OK", type: wantsJSON ? "application/json" : "text/plain; charset=utf-8",
      body: Array((wantsJSON ? json.text() + "\n" : list).utf8), extra: [.init("Vary", "Accept")])
  }

  var list: String {
    let rows = connectionRows + tlsRows + visitorRows + offerRows + certificateRows + requestRows
    return rows.map { name, value in Self.padded(name) + Self.safe(value) + "\n" }.joined()
  }

  private var connectionRows: [(String, String)] {
    [
      ("you", visitor.peer.description),
      ("", portSource),
      ("netlab", visitor.local.description),
      ("request", "\(visitor.requestNumber) on this connection"),
      ("bytes", "\(visitor.bytesReceived) from you, \(visitor.bytesSent) to you before this answer"),
    ]
  }

  private var portSource: String {
    guard let range = visitor.ephemeralRange, let ephemeral = visitor.portIsEphemeral else {
      return "who chose this port is not known"
    }
    return ephemeral
      ? "chosen by the kernel, from its range \(range)"
      : "outside the kernel's range \(range): a program chose it, or it came from elsewhere"
  }

  private var tlsRows: [(String, String)] {
    guard let agreed = visitor.negotiated else { return [("tls", "none: this connection is in clear text")] }
    return [
      ("tls", agreed.versionName),
      ("suite", "\(agreed.suite) (\(agreed.bits) bits)"),
      ("group", agreed.group ?? "none"),
      ("resumed", agreed.resumed ? "yes" : "no"),
      ("sni", visitor.serverName ?? "not sent"),
      ("alpn", agreed.alpn ?? "none"),
      ("handshake", visitor.handshakeTime ?? "not measured"),
    ]
  }

  private var offerRows: [(String, String)] {
    guard visitor.clientHello != nil else { return [] }
    return DemoPage.offeredFields.enumerated().map { index, field in
      let values = visitor.offered(field.name)
      let list = values.isEmpty ? "not sent" : values.joined(separator: ", ")
      return (index == 0 ? "you offered" : "", "\(field.title): \(list)")
    }
  }

  private var certificateRows: [(String, String)] {
    guard let shown = visitor.certificate else { return [("certificate", "none")] }
    return [
      ("certificate", shown.subject),
      ("", "for \(shown.names.isEmpty ? "no name" : shown.names.joined(separator: ", "))"),
      ("", "from \(shown.notBefore) to \(shown.notAfter)"),
      ("", "signed by \(shown.issuer)"),
      ("", "SHA-256 \(shown.fingerprint)"),
    ] + (visitor.authority.map { [("authority", $0.subject), ("", "SHA-256 \($0.fingerprint)")] } ?? [])
  }

  private var requestRows: [(String, String)] {
    [("you asked", "\(request.method) \(request.target) \(request.version)")]
      + request.headers.map { ("", "\($0.name): \($0.value)") }
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 14 - name.count))
  }

  /// The answer goes to a terminal: no control byte may reach it.
  private static func safe(_ text: String) -> String {
    let backslash = UInt8(ascii: "\\")
    return text.utf8.split(separator: backslash, omittingEmptySubsequences: false)
      .map { Notation.escaped($0) }.joined(separator: "\\")
  }
}
