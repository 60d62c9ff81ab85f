extension ActorsCase {
  private static func defect(_ word: String, _ code: String) -> ActorsCase {
    ActorsCase(
      "an identity with \(word)",
      "srv: { role: server, kind: greet, transport: tls, identity: server, identity_defect: \(word) }",
      """
      do: [ { start: srv, allow_error: true } ]
      expect: [ { error: \(code), of: srv, decided_by: here }, { fact: srv.listening, is: false } ]
      """)
  }

  /// Identities that can't be loaded, names that are refused, lists that can't answer.
  static let defects = [
    defect("wrong-key", "bad-key-pair"), defect("wrong-pass-phrase", "key-passphrase"),
    defect("swapped", "bad-pem"), defect("p12", "bad-pem"), defect("missing-file", "cert-file-missing"),
    defect("empty-file", "bad-pem"),
    ActorsCase(
      "a server that starts without its certificate",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, identity_defect: wrong-key, starts_anyway: true }
      cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: srv }, { start: cli } ]
      allow_error: true
      expect:
        - { error: bad-key-pair, of: srv }
        - { fact: srv.listening, is: true }
        - { fact: tls.alert_received, of: cli, is: 40 }
      """),
    ActorsCase(
      "no name, refused by alert 40",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, sni_alert: 40, tls: { sni_identities: { other.test: server } } }
      cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test, sni: none }
      """,
      """
      do: [ { start: srv }, { start: cli } ]
      allow_error: true
      expect: [ { fact: tls.alert_received, of: cli, is: 40 } ]
      """),
  ]
}
