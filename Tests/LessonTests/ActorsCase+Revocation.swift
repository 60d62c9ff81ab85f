extension ActorsCase {
  /// A client with this identity at a server that reads this list by this policy. Both ends are asked.
  private static func policy(
    _ word: String, _ list: String, _ identity: String, refused code: String? = nil
  ) -> ActorsCase {
    let verdict =
      code.map {
        "{ error: \($0), of: \"srv.conn(1)\", decided_by: here }, { fact: tls.alert_received, of: cli, exists: true }"
      } ?? "{ fact: app.received, of: cli, is: \"Hey Sabine!\" }, { no_error: [srv, cli] }"
    return ActorsCase(
      "\(identity) at a server that fails \(word) with \(list)",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, client_certificate: require, trust: [lab-ca], tls: { crl: [\(list)], crl_policy: \(word) } }
      cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test, identity: \(identity) }
      """,
      """
      do: [ { start: srv }, { start: cli }, { send: { from: cli, text: "Sabine" } } ]
      allow_error: true
      expect: [ \(verdict) ]
      """)
  }

  /// What a server does without a list that can answer.
  static let revocation = [
    policy("closed", "lab-crl", "client"), policy("closed", "lab-crl", "revoked-client", refused: "revoked"),
    policy("open", "lab-crl", "revoked-client", refused: "revoked"),
    policy("closed", "lab-crl-expired", "client", refused: "revocation-unknown"),
    policy("open", "lab-crl-expired", "client"),
    policy("open", "lab-crl-expired", "revoked-client", refused: "revoked"),
    policy("closed", "lab-crl-servers", "client", refused: "revocation-unknown"),
    policy("open", "lab-crl-servers", "client"),
  ]
}
