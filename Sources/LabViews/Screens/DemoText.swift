import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// What the demo tells about one connection and about its certificate.
enum DemoText {
  /// The newest request and what the visitor's hello offered.
  static func theirs(_ end: EndState) -> Document {
    var text = Document()
    if let exchange = end.exchanges.last {
      text.add(.paragraph("\(exchange.method) \(exchange.target) \(exchange.version)", .strong))
      for header in exchange.headers { text.add(.verbatim(mark: "\(header.name):", header.value)) }
    } else {
      let isClear = end.wireReceived.total > 0 && end.tls.clientHello == nil
      text.add(.paragraph(isClear ? "No TLS: this came in the clear." : "No request.", .dim))
      if isClear {
        text.add(.verbatim(mark: "First bytes:", String(end.wireReceived.text.prefix(160))))
      }
    }
    if let hello = end.tls.clientHello {
      text.section("Their ClientHello offered")
      offer(&text, "name", hello.values(.serverName))
      offer(&text, "versions", hello.values(.versions))
      offer(&text, "ALPN", hello.values(.alpn))
      offer(&text, "groups", hello.values(.groups))
      offer(&text, "suites", hello.values(.suites))
    }
    return text
  }

  private static func offer(_ text: inout Document, _ name: String, _ values: [String]) {
    text.add(.row(name, values.isEmpty ? "none" : values.joined(separator: ", "), .text))
  }

  /// The newest answer and what was agreed on.
  static func ours(_ end: EndState) -> Document {
    var text = Document()
    if let exchange = end.exchanges.last {
      text.add(.paragraph("\(exchange.version) \(exchange.status)", .strong))
      for header in exchange.responseHeaders { text.add(.verbatim(mark: "\(header.name):", header.value)) }
      text.add(.paragraph("body: \(exchange.bodyLength) bytes", .dim))
    } else if end.wireReceived.total > 0, end.tls.clientHello == nil {
      text.add(
        .paragraph(
          "Nothing inside TLS. An HTTP request in the clear is answered in the clear: a page with status 400.",
          .dim))
    } else {
      text.add(.paragraph("No answer: there was no request.", .dim))
    }
    if let agreed = end.tls.established {
      text.section("Agreed on")
      text.add(.row("version", agreed.versionName, .text))
      text.add(.row("suite", agreed.suite, .text))
      if let group = agreed.group { text.add(.row("group", group, .text)) }
      text.add(.row("ALPN", agreed.alpn ?? "none", .text))
      text.add(.row("resumed", agreed.resumed ? "yes: no certificate was sent again" : "no", .text))
    }
    return text
  }

  static func certificate(_ certificate: CertificateSummary) -> Document {
    Document([
      .row("subject", certificate.subject, .text),
      .row("names", certificate.names.joined(separator: " "), .text),
      .row("issuer", certificate.issuer, .text),
      .row("valid", "\(certificate.notBefore) to \(certificate.notAfter)", .text),
      .row("serial", certificate.serial, .text),
      .row("key", certificate.key, .text),
      .row("SHA-256", certificate.fingerprint, .dim),
    ])
  }
}
