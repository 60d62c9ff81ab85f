import LabFacts

/// What an HTTP server of the lab serves.
package enum Site: Equatable, Sendable {
  /// `Hi, you fetched /`: the smallest correct answer, for the lesson.
  case hi
  /// The page about the visitor's own connection. The PEM form of the lab's CA is offered at `/ca.crt`.
  case demo(authorityPEM: [UInt8]?)

  /// The site a `ListenOrder` names; `hi` for a name that is not known.
  package init(named name: String, authorityPEM: [UInt8]? = nil) {
    self = name == "demo" ? .demo(authorityPEM: authorityPEM) : .hi
  }

  /// Answers any request, whatever is in it.
  package func respond(to request: SiteRequest, visitor: VisitorCard) -> SiteResponse {
    switch request.method {
    case "GET": answer(request, visitor)
    case "HEAD": answer(Self.asGet(request), visitor).withoutBody
    default: Self.refusal(of: request.method)
    }
  }

  /// HEAD promises the length that GET has, so a page must not show which of the two was asked.
  private static func asGet(_ request: SiteRequest) -> SiteRequest {
    var request = request
    request.method = "GET"
    return request
  }

  private func answer(_ request: SiteRequest, _ visitor: VisitorCard) -> SiteResponse {
    switch self {
    case .hi: Self.hiAnswer(request, visitor)
    case .demo(let pem): Self.demoAnswer(request, visitor, pem)
    }
  }

  private static func hiAnswer(_ request: SiteRequest, _ visitor: VisitorCard) -> SiteResponse {
    let path = request.path
    switch path {
    case "/whoami": return Whoami(request, visitor).response
    case "/dir/": return SiteResponse(200, "OK", page: HiPage.folder, extra: [.init("Server", "netlab")])
    case "/file":
      return SiteResponse(
        200, "OK", type: "text/plain; charset=utf-8", body: Array("This is the file.\n".utf8),
        extra: [.init("Server", "netlab")])
    default: break  // every other path is greeted, or missing
    }
    guard path != "/missing", !path.hasPrefix("/missing/") else {
      return SiteResponse(404, "Not Found", page: HiPage.missing(request.target))
    }
    return SiteResponse(200, "OK", page: HiPage.found(request.target))
  }

  private static func demoAnswer(
    _ request: SiteRequest, _ visitor: VisitorCard, _ pem: [UInt8]?
  ) -> SiteResponse {
    if let complaint = hostComplaint(request) { return complaint }
    switch request.path {
    case "/": return SiteResponse(200, "OK", page: DemoPage(request, visitor, offersCA: pem != nil).html)
    case "/whoami": return Whoami(request, visitor).response
    case "/favicon.ico": return SiteResponse(200, "OK", type: "image/x-icon", body: Favicon.bytes)
    case "/ca.crt": return pem.map(download) ?? notFound(request.target)
    default: return notFound(request.target)
    }
  }

  private static func download(_ pem: [UInt8]) -> SiteResponse {
    SiteResponse(
      200, "OK", type: "application/x-x509-ca-cert", body: pem,
      extra: [HTTPExchange.Header("Content-Disposition", "attachment; filename=\"netlab-ca.crt\"")])
  }

  /// HTTP/1.1 wants one Host header, no more and no less (RFC 9112 section 3.2).
  private static func hostComplaint(_ request: SiteRequest) -> SiteResponse? {
    let count = request.values("host").count
    guard request.version == "HTTP/1.1", count != 1 else { return nil }
    let page = NoticePage(
      title: "Which host?",
      lead: "A request of HTTP/1.1 carries exactly one Host header. This one carried \(count).",
      more: [
        "One address can serve many names, and the Host header says which one is meant.",
        "Typing by hand? Add a line such as <code>Host: localhost</code> and end with an empty line.",
      ])
    return SiteResponse(400, "Bad Request", page: page.html)
  }

  private static func notFound(_ target: String) -> SiteResponse {
    let page = NoticePage(
      title: "Nothing lives here",
      lead: "The request arrived safely. This server has no page at <code>\(target)</code>, so it says 404.",
      more: [
        "404 is an answer, not a failure: TCP, TLS and HTTP all worked to bring it to you.",
        """
        Here is what there is: <a href="/">your connection</a>, \
        <a href="/whoami">the same as plain text</a>, <a href="/favicon.ico">the icon</a>.
        """,
      ])
    return SiteResponse(404, "Not Found", page: page.html)
  }

  private static func refusal(of method: String) -> SiteResponse {
    let page = NoticePage(
      title: "Only for reading",
      lead: "This server answers GET and HEAD. It has nothing to do for <code>\(method)</code>.",
      more: ["The Allow header of this answer names the methods that work here."])
    return SiteResponse(
      405, "Method Not Allowed", page: page.html, extra: [HTTPExchange.Header("Allow", "GET, HEAD")])
  }
}
