import LabFacts

/// The page that shows visitors their own connection.
///
/// ```
/// Hi. This is your connection.
/// [TLS 1.3] [X25519] [TLS_AES_128_GCM_SHA256] [http/1.1] [request 1]
/// +- Four numbers -----------------------------------------------+
/// |  127.0.0.1:40028  <=========== TLS 1.3 ===========>  …:8443  |
/// +- What was agreed ----------+- What just happened ------------+
/// +- Who could see what -----------------------------------------+
/// +- The certificate ----------+- Your request, as it came ------+
/// +- What your program offered ----------------------------------+
/// +- Try this next ----------------------------------------------+
/// ```
struct DemoPage {
  let request: SiteRequest
  let visitor: VisitorCard
  let authority: Authority
  /// Is the CA's certificate to be had at `/ca.crt`?
  let offersCA: Bool

  init(_ request: SiteRequest, _ visitor: VisitorCard, offersCA: Bool) {
    self.request = request
    self.visitor = visitor
    self.offersCA = offersCA
    authority = Authority.of(request, port: visitor.local.port)
  }

  /// What a learner looks at in a ClientHello, in the order it is shown.
  static let offeredFields: [(name: HandshakeField.Name, title: String)] = [
    (.versions, "versions"), (.suites, "cipher suites"), (.groups, "groups"), (.keyShares, "key shares"),
    (.signatureAlgorithms, "signature algorithms"), (.alpn, "application protocols"),
    (.extensions, "extensions"),
  ]

  var html: HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Your connection · netlab</title>
    <link rel="icon" href="/favicon.ico">
    <style>\(SiteStyle.css)</style>
    </head>
    <body>
    <header class="top">
    <p class="brand">\(SiteStyle.logo) netlab</p>
    <h1>Hi. This is your connection.</h1>
    <p class="lead">\(lead)</p>
    \(chips)
    </header>
    <main>
    \(numbers)
    \(agreement)
    \(timeline)
    \(eavesdropper)
    \(certificate)
    \(asReceived)
    \(offer)
    \(next)
    </main>
    <footer>
    <p>\(place)This page has no script, and loads nothing from anywhere else.</p>
    </footer>
    </body>
    </html>

    """
  }

  private var place: HTML {
    let isLoopback = visitor.local.host == "::1" || visitor.local.unmapped.host.hasPrefix("127.")
    return isLoopback
      ? "This server listens on a loopback address: only its own machine reaches it. " : .empty
  }

  private var lead: HTML {
    guard visitor.negotiated != nil else {
      return "Everything below is about the one connection that brought you this page. It has no TLS."
    }
    return """
      Everything below is about the one TLS connection that brought you this page: \
      what your program offered, what both sides agreed on, and what it means.
      """
  }

  private var chips: HTML {
    let agreed = visitor.negotiated
    let texts = [
      agreed?.versionName ?? "no TLS", agreed?.group, agreed?.suite, agreed?.alpn,
      "request \(visitor.requestNumber) on this connection",
    ]
    return "<ul class=\"chips\">\(texts.compactMap { $0 }.map { "<li>\($0)</li>" as HTML })</ul>"
  }
}

/// One section of the page, with its heading and an identifier for links.
func section(_ id: String, _ title: String, wide: Bool = false, _ content: HTML) -> HTML {
  """
  <section id="\(id)"\(wide ? " class=\"wide\"" : HTML.empty) aria-labelledby="\(id)-title">
  <h2 id="\(id)-title">\(title)</h2>
  \(content)
  </section>
  """
}
