import LabFacts
import LabNet
import Testing

struct SitePageTests {
  @Test func `the page tells both ports and who chose them`() {
    let page = SiteSamples.page()
    #expect(page.contains("</span>40028</p>"))
    #expect(page.contains("</span>8443</p>"))
    #expect(page.contains("<b>32768 and 60999</b>: 40028."))
  }

  @Test func `a port outside the range is not said to be the kernel's`() {
    var visitor = SiteSamples.visitor()
    visitor.peer = Endpoint("127.0.0.1", 1042)
    let page = SiteSamples.page(visitor: visitor)
    #expect(page.contains("Port 1042 lies outside this kernel's range for clients, <b>32768-60999</b>."))
    #expect(!page.contains("the kernel lent it"))
  }

  @Test func `a forwarded visitor is told so`() {
    #expect(SiteSamples.page(host: "localhost:9443").contains("names port 9443, we listen on 8443"))
    #expect(!SiteSamples.page().contains("something forwards"))
  }

  @Test(arguments: [
    ("TLS_AES_128_GCM_SHA256", ["AES_128_GCM", "SHA256"]),
    ("TLS_CHACHA20_POLY1305_SHA256", ["CHACHA20_POLY1305", "SHA256"]),
    ("TLS_AES_128_CCM_8_SHA256", ["AES_128_CCM_8", "SHA256"]),
    ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", ["ECDHE", "RSA", "AES_256_GCM", "SHA384"]),
    ("TLS_RSA_WITH_AES_128_CBC_SHA", ["RSA", "AES_128_CBC", "SHA"]),
    ("TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", ["DHE", "RSA", "CHACHA20_POLY1305", "SHA256"]),
    ("0x9999", ["0x9999"]),
  ])
  func `the suite is taken apart`(suite: String, parts: [String]) {
    let visitor = SiteSamples.visitor(SiteSamples.agreed(version: 0x0303, suite: suite))
    #expect(Self.parts(SiteSamples.page(visitor: visitor)) == parts)
  }

  @Test func `what was taken is marked among what was offered, by its whole name`() {
    let page = SiteSamples.page()
    let taken = page.split(separator: "<li class=\"chosen\"><code>").dropFirst().map {
      $0.prefix { $0 != "<" }
    }
    #expect(taken == ["TLS 1.3", "TLS_AES_256_GCM_SHA384", "X25519", "http/1.1"])
  }

  @Test func `only what the ClientHello listed is counted, the rest is not sent`() {
    let page = SiteSamples.page()
    #expect(page.contains("<b>Versions</b> <span>3</span>"))
    #expect(page.contains("<b>Key shares</b> <span>not sent</span>"))
    #expect(page.contains("<b>GREASE</b> is a made-up value."))
  }

  @Test func `the certificate of TLS 1.2 was seen, that of TLS 1.3 was not`() {
    let seen = "the server's certificate, since this is TLS 1.2"
    let hidden = "the server's certificate: TLS 1.3 encrypts it"
    let old = SiteSamples.page(visitor: SiteSamples.visitor(SiteSamples.agreed(version: 0x0303)))
    #expect(old.contains(seen) && !old.contains(hidden))
    let new = SiteSamples.page()
    #expect(new.contains(hidden) && !new.contains(seen))
    let resumed = SiteSamples.page(visitor: SiteSamples.visitor(SiteSamples.agreed(resumed: true)))
    #expect(!resumed.contains(hidden) && !resumed.contains(seen))
    #expect(resumed.contains("Nothing was shown this time"))
  }

  @Test func `the certificate can be compared by its fingerprint`() {
    let page = SiteSamples.page()
    #expect(page.contains("<code>3F:<wbr>9A:<wbr>11</code>"))
    #expect(page.contains("<code>0B:<wbr>5C:<wbr>8D</code>"))
    #expect(page.contains("<code>2026-11-20 to 2027-11-20</code>"))
  }

  @Test func `the story has the request's number and the time the handshake took`() {
    let page = SiteSamples.page()
    #expect(page.contains("It is request 2 on this connection"))
    #expect(page.contains("The handshake took <b>3.2 ms</b>."))
    #expect(page.contains("2410 from you, 1180 to you"))
  }

  @Test func `nothing is invented about a visitor nobody knows`() {
    let page = SiteSamples.page(visitor: SiteSamples.unknown)
    #expect(page.contains("we do not know who chose it"))
    #expect(page.contains("<li>no TLS</li>"))
    #expect(page.contains("None was shown on this connection."))
    for word in ["32768", "X25519", "TLS 1.3", "ServerHello", "handshake took"] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func `an address is no server name`() {
    var visitor = SiteSamples.visitor(
      Negotiated(
        version: 0x0304, suite: "TLS_AES_128_GCM_SHA256", group: "X25519", alpn: nil, serverName: nil,
        resumed: false, bits: 128))
    visitor.clientHello = nil
    let byAddress = SiteSamples.page(host: "[::1]:8443", visitor: visitor)
    #expect(byAddress.contains("<code>not sent</code><p>You asked for an address"))
    let byName = SiteSamples.page(visitor: visitor)
    #expect(byName.contains("<code>not sent</code><p>Your program named no server"))
  }

  @Test func `the page loads nothing and runs nothing`() {
    let page = SiteSamples.page().lowercased()
    for sign in ["<script", "src=", "url(", "@import", "<iframe", "<form", "onload=", "onclick="] {
      #expect(!page.contains(sign), "\(sign)")
    }
    let links = page.split(separator: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    #expect(links == ["/favicon.ico", "/ca.crt", "http://localhost:8443/"])
  }

  @Test func `the commands use the port the visitor used`() {
    let page = SiteSamples.page(host: "netlab.test:9443")
    #expect(page.contains("curl --cacert netlab-ca.crt \\\n  https://netlab.test:9443/whoami\n"))
    #expect(page.contains("sport = :8443"))
    #expect(SiteSamples.page(host: "[::1]:8443").contains("curl &#39;https://[::1]:8443/whoami&#39;"))
  }

  @Test func `each lesson is named by its command`() {
    let page = SiteSamples.page()
    for lesson in SiteLesson.allCases {
      #expect(page.contains("<code>netlab run \(lesson.id)</code>"), "\(lesson.id)")
    }
  }

  /// The pieces of the suite, in the order of the page.
  private static func parts(_ page: String) -> [String] {
    let list = page.split(separator: "<ul class=\"parts\">").dropFirst().first?.split(separator: "</ul>")
      .first
    return (list ?? "").split(separator: "<li><code>").map { String($0.prefix { $0 != "<" }) }
  }
}
