import LabFacts
import LabNet
import Testing

struct SiteTests {
  struct Route: Sendable, CustomTestStringConvertible {
    let site: Site
    let target: String
    let status: Int
    let type: String
    var testDescription: String { "\(target) → \(status)" }

    init(_ site: Site, _ target: String, _ status: Int, _ type: String) {
      self.site = site
      self.target = target
      self.status = status
      self.type = type
    }
  }

  static let html = "text/html; charset=utf-8"
  static let routes = [
    Route(SiteSamples.demo, "/", 200, html),
    Route(SiteSamples.demo, "/?again=1#x", 200, html),
    Route(SiteSamples.demo, "https://localhost:8443/whoami", 200, "text/plain; charset=utf-8"),
    Route(SiteSamples.demo, "HTTPS://localhost:8443", 200, html),
    Route(SiteSamples.demo, "/whoami", 200, "text/plain; charset=utf-8"),
    Route(SiteSamples.demo, "/favicon.ico", 200, "image/x-icon"),
    Route(SiteSamples.demo, "/ca.crt", 200, "application/x-x509-ca-cert"),
    Route(.demo(authorityPEM: nil), "/ca.crt", 404, html),
    Route(SiteSamples.demo, "/../etc/passwd", 404, html),
    Route(SiteSamples.demo, "", 404, html),
    Route(.hi, "/", 200, html),
    Route(.hi, "/any/path?x=1", 200, html),
    Route(.hi, "/missing", 404, html),
    Route(.hi, "/missing/page", 404, html),
    Route(.hi, "/missingno", 200, html),
  ]

  @Test(arguments: routes)
  func `each path has its status, its type and an exact length`(route: Route) {
    let response = route.site.respond(to: SiteSamples.request(route.target), visitor: SiteSamples.visitor())
    #expect(response.status == route.status)
    #expect(response.header("content-type") == route.type)
    #expect(response.header("Content-Length") == String(response.body.count))
    #expect(response.header("Cache-Control") == "no-store")
    #expect(response.header("X-Content-Type-Options") == "nosniff")
    #expect(!response.body.isEmpty)
  }

  @Test(arguments: routes)
  func `HEAD is GET without the body`(route: Route) {
    let get = route.site.respond(to: SiteSamples.request(route.target), visitor: SiteSamples.visitor())
    let head = route.site.respond(
      to: SiteSamples.request(route.target, method: "HEAD"), visitor: SiteSamples.visitor())
    #expect(head.status == get.status)
    #expect(head.reason == get.reason)
    #expect(head.headers == get.headers)
    #expect(head.body.isEmpty)
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get", "<script>"])
  func `other methods are refused with the list of those that work`(method: String) {
    for site in [SiteSamples.demo, .hi] {
      let response = site.respond(
        to: SiteSamples.request("/", method: method), visitor: SiteSamples.visitor())
      #expect(response.status == 405)
      #expect(response.header("Allow") == "GET, HEAD")
      #expect(!SiteSamples.text(response).contains("<script"))
    }
  }

  @Test func `every page forbids scripts and foreign resources`() {
    let pages: [(Site, String)] = [
      (SiteSamples.demo, "/"), (SiteSamples.demo, "/nowhere"), (.hi, "/"), (.hi, "/missing"),
    ]
    for (site, target) in pages {
      let response = site.respond(to: SiteSamples.request(target), visitor: SiteSamples.visitor())
      let policy = response.header("Content-Security-Policy") ?? ""
      #expect(policy.hasPrefix("default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"))
    }
  }

  @Test func `a request of HTTP 1.1 needs exactly one host`() {
    let none = SiteRequest(method: "GET", target: "/")
    let two = SiteSamples.request("/", [.init("host", "other.test")])
    for request in [none, two] {
      #expect(SiteSamples.demo.respond(to: request, visitor: SiteSamples.visitor()).status == 400)
    }
    let old = SiteRequest(method: "GET", target: "/", version: "HTTP/1.0")
    #expect(SiteSamples.demo.respond(to: old, visitor: SiteSamples.visitor()).status == 200)
  }

  @Test func `the lesson's answer is one sentence`() {
    let response = Site.hi.respond(to: SiteSamples.request("/a&b?<i>"), visitor: SiteSamples.unknown)
    #expect(SiteSamples.text(response).contains("<p>Hi, you fetched /a&amp;b?&lt;i&gt;</p>"))
  }

  @Test func `the CA is offered as a file, byte for byte`() {
    let response = SiteSamples.demo.respond(to: SiteSamples.request("/ca.crt"), visitor: SiteSamples.unknown)
    #expect(response.body == SiteSamples.pem)
    #expect(response.header("Content-Disposition") == "attachment; filename=\"netlab-ca.crt\"")
  }

  @Test func `the icon is one 16 by 16 picture of the length its directory says`() {
    let icon = SiteSamples.demo.respond(
      to: SiteSamples.request("/favicon.ico"), visitor: SiteSamples.unknown
    ).body
    #expect(Array(icon.prefix(8)) == [0, 0, 1, 0, 1, 0, 16, 16])
    #expect(icon.count == 22 + 40 + 16 * 16 * 4 + 16 * 4)
    #expect(Int(icon[14]) + Int(icon[15]) << 8 == icon.count - 22)
  }

  @Test func `a site is found by the name a lesson uses`() {
    #expect(Site(named: "demo", authorityPEM: [1]) == .demo(authorityPEM: [1]))
    #expect(Site(named: "hi") == .hi)
    #expect(Site(named: "nonsense") == .hi)
  }
}
