import LabCatalog
import LabFacts

extension ActorsCase {
  /// Programs of the machine as actors.
  static let programs = [
    ActorsCase(
      "openssl trusts the lab's CA, and shows a certificate of its own",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, client_certificate: require, trust: [lab-ca] }
      ssl: { role: program, program: openssl }
      """,
      """
      requires: { program: openssl }
      do:
        - start: srv
        - run: { actor: ssl, args: [s_client, -connect, "{{srv.address}}", -servername, netlab.test, -verify_return_error, -brief], trust: [lab-ca], personal: client-alice }
      expect:
        - { fact: exit, of: ssl, is: 0 }
        - { fact: error_output, of: ssl, contains: "Verification: OK" }
        - { fact: running, of: ssl, is: false }
        - { fact: run.count, of: ssl, is: 1 }
        - { fact: command, of: ssl, starts_with: "openssl s_client -CAfile lab-ca.crt" }
        - { fact: cert.subject, of: "srv.conn(1)", contains: "Alice" }
        - { no_error: [srv] }
      """),
    ActorsCase(
      "openssl without the lab's CA refuses, and the server hears why",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server }
      ssl: { role: program, program: openssl }
      """,
      """
      requires: { program: openssl }
      do:
        - start: srv
        - run: { actor: ssl, args: [s_client, -connect, "{{srv.address}}", -verify_return_error, -brief] }
      allow_error: true
      expect:
        - { fact: exit, of: ssl, is: 1 }
        - { error: [peer-unknown-ca, peer-rejected-cert], of: "srv.conn(1)", decided_by: peer }
      """),
    ActorsCase(
      "a program that does not end is killed at the limit a lesson sets",
      """
      srv: { role: server, kind: discard, transport: plain }
      web: { role: program, program: curl }
      """,
      """
      requires: { program: curl }
      do:
        - start: srv
        - run: { actor: web, args: ["-sS", "http://{{srv.address}}/"], seconds: 1 }
      expect:
        - { fact: exit, of: web, exists: false }
        - { fact: running, of: web, is: false }
        - { fact: app.received, of: "srv.conn(1)", starts_with: "GET / HTTP/1.1" }
        - { fact: conn.closed, of: "srv.conn(1)" }
      """),
    ActorsCase(
      "a program knows nobody's settings",
      """
      srv: { role: server, kind: http, transport: tls, identity: server }
      web: { role: program, program: curl }
      """,
      """
      requires: { program: curl }
      do:
        - start: srv
        - run: { actor: web, args: ["-sS", "https://{{srv.address}}/"], trust: [lab-ca] }
        - run: { actor: web, args: ["-sS", "https://{{srv.address}}/"] }
      allow_error: true
      expect:
        - { fact: exit, of: web, is: 60 }
        - { fact: output, of: web, is: "" }
        - { fact: run.count, of: web, is: 2 }
        - { fact: http.count, of: "srv.conn(1)", is: 1 }
        - { error: [peer-unknown-ca, peer-rejected-cert], of: "srv.conn(2)" }
      """),
  ]
}
