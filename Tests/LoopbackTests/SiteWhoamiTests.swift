import LabFacts
import LabNet
import Testing

struct SiteWhoamiTests {
  @Test func `curl gets a list`() {
    var visitor = SiteSamples.visitor()
    visitor.clientHello = HandshakeMessage(
      type: 1, length: 9, encrypted: false, fields: [HandshakeField(.versions, ["TLS 1.3", "TLS 1.2"])])
    let list = SiteSamples.page("/whoami", [.init("Accept", "*/*")], visitor: visitor)
    #expect(
      list == """
        you           127.0.0.1:40028
                      chosen by the kernel, from its range 32768-60999
        netlab        127.0.0.1:8443
        request       2 on this connection
        bytes         2410 from you, 1180 to you before this answer
        tls           TLS 1.3
        suite         TLS_AES_256_GCM_SHA384 (256 bits)
        group         X25519
        resumed       no
        sni           localhost
        alpn          http/1.1
        handshake     3.2 ms
        you offered   versions: TLS 1.3, TLS 1.2
                      cipher suites: not sent
                      groups: not sent
                      key shares: not sent
                      signature algorithms: not sent
                      application protocols: not sent
                      extensions: not sent
        certificate   CN=netlab.test
                      for DNS:netlab.test, IP:::1
                      from 2026-11-20T00:00:00Z to 2027-11-20T12:00:00Z
                      signed by CN=netlab Root CA
                      SHA-256 3F:9A:11
        authority     CN=netlab Root CA
                      SHA-256 0B:5C:8D
        you asked     GET /whoami HTTP/1.1
                      Host: localhost:8443
                      Accept: */*

        """)
  }

  @Test func `a visitor nobody knows gets a short list`() {
    #expect(
      SiteSamples.page("/whoami", visitor: SiteSamples.unknown) == """
        you           [::1]:1042
                      who chose this port is not known
        netlab        [::1]:8443
        request       1 on this connection
        bytes         0 from you, 0 to you before this answer
        tls           none: this connection is in clear text
        certificate   none
        you asked     GET /whoami HTTP/1.1
                      Host: localhost:8443

        """)
  }

  @Test(arguments: [
    ("application/json", true), ("Application/JSON ; charset=utf-8", true), ("application/*", true),
    ("text/plain;q=0.5, application/json", true), ("application/json;q=0.1, text/html", true),
    ("*/*", false), ("", false), ("text/html,application/xml;q=0.9,*/*;q=0.8", false),
    ("application/json, text/plain", false), ("application/json;q=0, */*", false),
    ("application/json;q=nan", false), ("application/json;q=7", false), (";;,,", false),
  ])
  func `JSON is for those who want it more than text`(accept: String, isJSON: Bool) {
    let request = SiteSamples.request("/whoami", [.init("accept", accept)])
    let response = SiteSamples.demo.respond(to: request, visitor: SiteSamples.visitor())
    #expect(response.header("Content-Type") == (isJSON ? "application/json" : "text/plain; charset=utf-8"))
    #expect(response.header("Vary") == "Accept")
  }

  @Test func `JSON says null for what is not known, and quotes what was sent`() {
    let headers: [HTTPExchange.Header] = [.init("Accept", "application/json"), .init("X", "\"\\\u{1b}é")]
    let json = SiteSamples.page("/whoami", headers, visitor: SiteSamples.unknown)
    #expect(
      json == """
        {
          "you": {
            "address": "::1",
            "port": 1042
          },
          "netlab": {
            "address": "::1",
            "port": 8443
          },
          "portFromKernelRange": null,
          "kernelRange": null,
          "requestOnConnection": 1,
          "bytesFromYou": 0,
          "bytesToYou": 0,
          "handshakeMicroseconds": null,
          "tls": null,
          "clientHello": null,
          "clientCertificate": null,
          "certificate": null,
          "authority": null,
          "request": {
            "method": "GET",
            "target": "/whoami",
            "version": "HTTP/1.1",
            "headers": [
              {
                "name": "Host",
                "value": "localhost:8443"
              },
              {
                "name": "Accept",
                "value": "application/json"
              },
              {
                "name": "X",
                "value": "\\"\\\\\\u001bé"
              }
            ]
          }
        }

        """)
  }

  @Test func `no control byte reaches a terminal`() {
    let list = SiteSamples.page("/whoami", [.init("X", "\u{1b}[2J\u{7}")])
    #expect(list.contains("X: \\x1b[2J\\x07\n"))
    #expect(list.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0a })
  }
}
