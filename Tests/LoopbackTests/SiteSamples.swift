import LabFacts
import LabNet

/// Visitors and requests for the tests of the pages.
enum SiteSamples {
  static let pem = Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
  static let demo = Site.demo(authorityPEM: pem)

  static let leaf = CertificateSummary(
    subject: "CN=netlab.test", issuer: "CN=netlab Root CA", names: ["DNS:netlab.test", "IP:::1"],
    notBefore: "2026-11-20T00:00:00Z", notAfter: "2027-11-20T12:00:00Z", serial: "10:00", key: "EC P-256",
    fingerprint: "3F:9A:11", isAuthority: false, isSelfSigned: false)

  static let root = CertificateSummary(
    subject: "CN=netlab Root CA", issuer: "CN=netlab Root CA", names: [],
    notBefore: "2026-11-20T00:00:00Z", notAfter: "2036-11-20T00:00:00Z", serial: "01", key: "EC P-256",
    fingerprint: "0B:5C:8D", isAuthority: true, isSelfSigned: true)

  static let hello = HandshakeMessage(
    type: 1, length: 1754, encrypted: false,
    fields: [
      HandshakeField(.versions, ["GREASE", "TLS 1.3", "TLS 1.2"]),
      HandshakeField(.suites, ["GREASE", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"]),
      HandshakeField(.groups, ["X25519MLKEM768", "X25519"]),
      HandshakeField(.serverName, ["localhost"]),
      HandshakeField(.alpn, ["h2", "http/1.1"]),
    ])

  static func agreed(
    version: Int = 0x0304, suite: String = "TLS_AES_256_GCM_SHA384", group: String? = "X25519",
    resumed: Bool = false
  ) -> Negotiated {
    Negotiated(
      version: version, suite: suite, group: group, alpn: "http/1.1", serverName: "localhost",
      resumed: resumed, bits: 256)
  }

  static func visitor(_ negotiated: Negotiated? = agreed()) -> VisitorCard {
    VisitorCard(
      peer: Endpoint("127.0.0.1", 40028), local: Endpoint("127.0.0.1", 8443),
      ephemeralRange: PortRange(first: 32768, last: 60999), negotiated: negotiated, clientHello: hello,
      certificate: leaf, authority: root, requestNumber: 2, handshakeMicroseconds: 3240,
      bytesReceived: 2410, bytesSent: 1180)
  }

  /// A visitor of whom only the two ends are known.
  static let unknown = VisitorCard(peer: Endpoint("::1", 1042), local: Endpoint("::1", 8443))

  static func request(
    _ target: String, method: String = "GET", host: String = "localhost:8443",
    _ headers: [HTTPExchange.Header] = []
  ) -> SiteRequest {
    SiteRequest(method: method, target: target, headers: [.init("Host", host)] + headers)
  }

  static func text(_ response: SiteResponse) -> String { String(decoding: response.body, as: UTF8.self) }

  /// The demo's answer to a GET, as text.
  static func page(
    _ target: String = "/", host: String = "localhost:8443", _ headers: [HTTPExchange.Header] = [],
    visitor: VisitorCard = visitor()
  ) -> String {
    text(demo.respond(to: request(target, host: host, headers), visitor: visitor))
  }
}
