import LabFacts

/// What a server that asks for certificates knows of its visitor's.
enum VisitorVerdict: Equatable {
  /// It came, and a CA this server trusts stands for it.
  case valid(CertificateSummary)
  /// It came, and this is why it proves nothing.
  case invalid(CertificateSummary, why: String)
  case none

  /// Nothing where the server did not ask.
  init?(_ visitor: VisitorCard) {
    guard visitor.wasAskedForCertificate else { return nil }
    guard let verification = visitor.verification, let leaf = verification.chain.first else {
      self = .none
      return
    }
    self =
      verification.code == 0
      ? .valid(leaf) : .invalid(leaf, why: "verify \(verification.code), \(verification.text)")
  }

  var certificate: CertificateSummary? {
    switch self {
    case .valid(let leaf), .invalid(let leaf, _): leaf
    case .none: nil
    }
  }

  /// `valid`, `invalid: verify 10, certificate has expired`, `none`.
  var words: String {
    switch self {
    case .valid: "valid"
    case .invalid(_, let why): "invalid: \(why)"
    case .none: "none: your client showed no certificate"
    }
  }
}

extension Whoami {
  /// Rows about the visitor's certificate, where it was asked for.
  var visitorRows: [(String, String)] {
    guard let verdict = VisitorVerdict(visitor) else { return [] }
    var rows = [("your cert", verdict.words)]
    if let leaf = verdict.certificate {
      rows += [
        ("", "subject \(leaf.subject)"), ("", "issuer \(leaf.issuer)"), ("", "serial \(leaf.serial)"),
        ("", "from \(leaf.notBefore) to \(leaf.notAfter)"),
      ]
    }
    return rows + [("url", url)] + (visitor.time.map { [("time", $0)] } ?? [])
  }

  var visitorJSON: JSON {
    guard let verdict = VisitorVerdict(visitor) else { return .null }
    let leaf = verdict.certificate
    return .object([
      ("presented", .bool(leaf != nil)),
      ("valid", .bool({ if case .valid = verdict { true } else { false } }())),
      ("verdict", .string(verdict.words)),
      ("subject", .optional(leaf?.subject)),
      ("issuer", .optional(leaf?.issuer)),
      ("serial", .optional(leaf?.serial)),
      ("url", .string(url)),
      ("time", .optional(visitor.time)),
    ])
  }

  /// Where the visitor thinks it is.
  var url: String {
    let scheme = visitor.negotiated == nil ? "http" : "https"
    let host = request.values("host").first ?? visitor.local.description
    return request.target.hasPrefix("/") ? "\(scheme)://\(host)\(request.target)" : request.target
  }

  /// The same as a page, for a browser that was asked for its certificate.
  func page(_ verdict: VisitorVerdict) -> HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Who are you? · netlab</title>
    <style>\(SiteStyle.css)
    .valid{color:var(--good)}
    .invalid{color:light-dark(#b3261e,#ff8a80)}</style>
    </head>
    <body>
    <main class="notice">
    <p class="brand">\(SiteStyle.logo) netlab</p>
    <h1>\(headline(verdict))</h1>
    <dl class="facts">
    \(facts(verdict).map { "<dt>\($0.0)</dt><dd><code>\($0.1)</code></dd>\n" as HTML })</dl>
    </main>
    </body>
    </html>

    """
  }

  private func headline(_ verdict: VisitorVerdict) -> HTML {
    switch verdict {
    case .valid: "Your client certificate is <span class=\"valid\">valid</span>."
    case .invalid: "Your client certificate is <span class=\"invalid\">invalid</span>."
    case .none: "Your client certificate: <span class=\"invalid\">none</span>."
    }
  }

  private func facts(_ verdict: VisitorVerdict) -> [(String, String)] {
    var facts: [(String, String)] = []
    if case .invalid(_, let why) = verdict { facts.append(("Why", why)) }
    if case .none = verdict {
      facts.append(("Why", "the server asked for one, and your client sent none"))
    }
    if let leaf = verdict.certificate {
      facts += [
        ("Subject", leaf.subject), ("Issuer", leaf.issuer), ("Serial", leaf.serial),
        ("Valid", "\(leaf.notBefore) to \(leaf.notAfter)"),
      ]
    }
    return facts + [("URL", url)] + (visitor.time.map { [("Time", $0)] } ?? [])
  }
}
