extension ActorsCase {
  private static func fault(
    _ name: String, server: String = "", client: String = "", here: String, there: String
  ) -> ActorsCase {
    func said(_ fault: String) -> String { fault.isEmpty ? "" : ", faults: [ \(fault) ]" }
    return ActorsCase(
      name,
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, handshake_seconds: 1\(said(server)) }
      cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test, handshake_seconds: 1\(said(client)) }
      """,
      """
      do: [ { start: srv }, { start: cli, allow_error: true }, { send: { from: cli, text: "Sabine" } } ]
      allow_error: true
      expect: [ \(here), \(there) ]
      """)
  }

  private static let atServer = "of: \"srv.conn(1)\""

  /// Each fault on real sockets, and what both ends make of it.
  static let wireFaults = [
    fault(
      "a bit of the first byte, at both ends", client: "{ flip: 0 }",
      here: "{ fact: tls.alert_received, of: cli, is: 10 }",
      there: "{ error: double-tls, \(atServer), reason: 244, decided_by: here }"),
    fault(
      "a bit of the server's data, at both ends", server: "{ flip: 8, after: handshake }",
      here: "{ error: decrypt-error, of: cli, reason: 281, decided_by: here }",
      there: "{ fact: tls.alert_received, \(atServer), is: 20 }"),
    fault(
      "truncated in the handshake, at both ends", client: "{ truncate: 10 }",
      here: "{ fact: tls.handshake_done, of: cli, is: false }",
      there: "{ error: eof-in-handshake, \(atServer) }"),
    fault(
      "truncated in a record, at both ends", client: "{ truncate: 10, after: handshake }",
      here: "{ fact: conn.closed, of: cli }",
      there: "{ error: eof-without-close-notify, \(atServer) }"),
    fault(
      "a stall, at both ends", server: "{ stall: 10 }", here: "{ error: handshake-timeout, of: cli }",
      there: "{ error: [handshake-timeout, eof-in-handshake], \(atServer) }"),
    fault(
      "a reset, at both ends", client: "{ reset: 10, after: handshake }",
      here: "{ fact: conn.closed, of: cli, is: reset }, { no_error: [cli] }",
      there: "{ error: reset-by-peer, \(atServer), errno: 104, decided_by: peer }"),
    fault(
      "slow, at both ends", server: "{ slow: 1 }",
      here: "{ fact: app.received, of: cli, is: \"Hey Sabine!\" }",
      there: "{ fact: app.received, \(atServer), is: \"Sabine\" }, { no_error: [srv, cli] }"),
    fault(
      "silence before the certificate, at both ends", server: "{ stall_before: Certificate }",
      here:
        "{ error: handshake-timeout, of: cli }, { fact: tls.messages_received, of: cli, contains: ServerHello }",
      there: "{ error: [handshake-timeout, eof-in-handshake], \(atServer) }"),
    fault(
      "no close_notify, at both ends", server: "{ truncate: 0, after: handshake }",
      here: "{ error: eof-without-close-notify, of: cli, decided_by: here }",
      there:
        "{ fact: app.received, \(atServer), is: \"Sabine\" }, "
        + "{ error: eof-without-close-notify, \(atServer), decided_by: peer }"),
    ActorsCase(
      "a fault on a living connection, and none again",
      """
      srv: { role: server, kind: discard, transport: plain }
      cli: { role: client, transport: plain, connect: srv }
      """,
      """
      do:
        - start: srv
        - start: cli
        - send: { from: cli, text: "aa" }
        - fault: { at: cli, do: [ { flip: 1 } ] }
        - send: { from: cli, text: "bbb" }
        - fault: { at: cli, do: [] }
        - send: { from: cli, text: "cc" }
      expect: [ { fact: app.received, of: "srv.conn(1)", is: "aabcbcc" } ]
      """),
  ]
}
