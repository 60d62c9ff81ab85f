import LabFacts
import LabNet
import Testing

struct SiteEscapingTests {
  /// Markup, both quotes, an entity, a terminal sequence, a line break, a NUL and a direction override.
  static let hostile = "<script>alert('x')</script>\"&amp;\u{1b}[31m\r\n\0\u{202e}"
  static let harmless =
    "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;amp;\\x1b[31m\\r\\n\\x00\\xe2\\x80\\xae"

  @Test func `what a visitor sent is shown as text`() {
    let page = SiteSamples.page("/?\(Self.hostile)", [.init("X-\(Self.hostile)", Self.hostile)])
    #expect(page.contains("<b>GET /?\(Self.harmless) HTTP/1.1</b>"))
    #expect(page.contains("<i>X-\(Self.harmless):</i> \(Self.harmless)\n"))
    #expect(Self.isClean(page))
  }

  @Test func `what a handshake carried is shown as text`() {
    var visitor = SiteSamples.visitor()
    visitor.clientHello = HandshakeMessage(
      type: 1, length: 9, encrypted: false,
      fields: HandshakeField.Name.allCases.map { HandshakeField($0, [Self.hostile]) })
    visitor.negotiated = Negotiated(
      version: 0x0304, suite: Self.hostile, group: Self.hostile, alpn: Self.hostile,
      serverName: Self.hostile, resumed: false, bits: 0)
    let page = SiteSamples.page(visitor: visitor)
    #expect(page.contains("want “\(Self.harmless)”"))
    #expect(Self.isClean(page))
  }

  @Test func `what a certificate says is shown as text`() {
    var visitor = SiteSamples.visitor()
    let summary = CertificateSummary(
      subject: Self.hostile, issuer: Self.hostile, names: [Self.hostile], notBefore: Self.hostile,
      notAfter: Self.hostile, serial: Self.hostile, key: Self.hostile, fingerprint: Self.hostile,
      isAuthority: false, isSelfSigned: false)
    visitor.certificate = summary
    visitor.authority = summary
    #expect(Self.isClean(SiteSamples.page(visitor: visitor)))
  }

  @Test func `the small pages escape what they repeat`() {
    let target = "/missing/\(Self.hostile)"
    for site in [SiteSamples.demo, .hi] {
      let response = site.respond(to: SiteSamples.request(target), visitor: SiteSamples.visitor())
      #expect(response.status == 404)
      #expect(SiteSamples.text(response).contains("/missing/\(Self.harmless)"))
      #expect(Self.isClean(SiteSamples.text(response)))
    }
  }

  @Test func `a text already in the lab's notation is not escaped twice`() {
    #expect(SiteSamples.page("/?\\x1b").contains("GET /?\\x1b HTTP/1.1"))
  }

  @Test(arguments: [
    "evil.test\"><script>", "a b", "localhost:", "localhost:0", "localhost:65536", "localhost:8443:1",
    "user@localhost", "[::1", "[::1]x:1", "[<b>]:1", "", "localhost:+1", "localhost:８４４３",
  ])
  func `a host that is none is not linked`(host: String) {
    let page = SiteSamples.page(host: host)
    #expect(page.contains("<a href=\"http://localhost:8443/\">"))
    #expect(Self.isClean(page))
  }

  /// No markup of the visitor's, no control byte but the line breaks of the page itself.
  private static func isClean(_ page: String) -> Bool {
    let controls = page.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }
    return !page.contains("<script") && !controls && !page.unicodeScalars.contains("\u{202e}")
  }
}
