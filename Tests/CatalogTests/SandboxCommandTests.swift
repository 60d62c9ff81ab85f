import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// The sandbox's settings as commands of netlab, openssl and curl.
@Suite struct SandboxCommandTests {
  private func lines(_ actors: String, for client: ActorID) -> [String] {
    let setup = SandboxSetup(actors: SandboxTests.read(actors))
    return SandboxCommands(setup, in: LabState(), identities: SandboxTests.catalog.identities, folder: "/pki")
      .all(for: client).map {
        $0.line + ($0.unsaid.isEmpty ? "" : "  # \($0.unsaid.joined(separator: ", "))")
      }
  }

  @Test func `a TLS pair`() {
    let seen = lines(
      """
      tsrv: { role: server, kind: greet, transport: tls, identity: server, client_certificate: require, trust: [lab-ca], listen: { prefer_port: 7443 }, tls: { max: "1.2" } }
      tcli: { role: client, transport: tls, connect: tsrv, trust: [lab-ca], name: netlab.test, identity: client-alice, tls: { crl: [lab-crl] } }
      """, for: "tcli")
    #expect(
      seen == [
        "netlab serve 127.0.0.1:7443/tls --kind greet --identity server --client-cert require --ca /pki/lab-ca.crt --max 1.2",
        "openssl s_server -accept 127.0.0.1:7443 -cert /pki/server.crt -key /pki/server.key -cert_chain /pki/lab-intermediate.crt -serverpref -Verify 5 -verify_return_error -CAfile /pki/lab-ca.crt -max_protocol TLSv1.2  # kind",
        "{ printf 'Herbert'; sleep 1; } | netlab connect --tls --verify-name netlab.test --sni netlab.test 127.0.0.1:7443 --identity client-alice --ca /pki/lab-ca.crt --crl /pki/lab-crl.crl",
        "{ printf 'Herbert'; sleep 1; } | openssl s_client -connect 127.0.0.1:7443 -servername netlab.test -verify_return_error -verify_hostname netlab.test -cert /pki/client-alice.crt -key /pki/client-alice.key -CAfile /pki/lab-ca.crt -crl_check_all -CRL /pki/lab-crl.crl",
      ])
  }

  @Test func `an HTTP pair has curl, and what no command can say is named`() {
    let seen = lines(
      """
      srv: { role: server, kind: http, transport: plain, listen: { prefer_port: 8080 }, faults: [ { slow: 5 } ] }
      cli: { role: client, transport: plain, connect: srv, faults: [ { flip: 3 } ] }
      """, for: "cli")
    #expect(
      seen == [
        "netlab serve 127.0.0.1:8080/tcp --kind http  # faults",
        #"{ printf 'GET / HTTP/1.1\015\012Host: localhost\015\012\015\012'; sleep 1; } | netlab connect 127.0.0.1:8080  # faults"#,
        "curl -v http://127.0.0.1:8080/  # faults",
      ])
  }

  @Test func `a client through a proxy, that checks nothing`() {
    let seen = lines(
      """
      prx: { role: relay, transport: plain, route: connect, login: { user: u, password: p }, listen: { prefer_port: 3128 } }
      web: { role: server, kind: http, transport: tls, identity: server, listen: { prefer_port: 7443 } }
      far: { role: client, transport: tls, connect: web, verify: false, name: none, via: { proxy: prx, speak: connect, login: { user: u, password: p } } }
      """, for: "far")
    #expect(seen.contains("curl -v -x http://u:p@127.0.0.1:3128 https://127.0.0.1:7443/ --insecure"))
    #expect(
      seen.contains {
        $0.hasSuffix(
          "netlab connect --tls --verify-name none --sni none --via http://u:p@127.0.0.1:3128 127.0.0.1:7443 --insecure"
        )
      })
  }

  @Test func `a name of digits that is no address is asked for and checked as a name`() {
    let seen = lines(
      """
      tsrv: { role: server, kind: greet, transport: tls, identity: server, listen: { prefer_port: 7443 } }
      tcli: { role: client, transport: tls, connect: tsrv, trust: [lab-ca], name: "1.2.3" }
      """, for: "tcli")
    #expect(seen.contains { $0.contains("-servername 1.2.3 -verify_return_error -verify_hostname 1.2.3") })
    #expect(seen.contains { $0.contains("--verify-name 1.2.3 --sni 1.2.3") })
  }

  @Test(arguments: [
    ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("", "''"), ("-x:/a.b", "-x:/a.b"), ("$(x)", "'$(x)'"),
  ])
  func `words are safe for a shell`(word: String, quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }
}
