extension ActorsCase {
  private static let trusting = "trust: [lab-ca], name: netlab.test"

  private static func second(_ version: String) -> ActorsCase {
    ActorsCase(
      "a second handshake on \(version)",
      """
      srv: { role: server, kind: echo, transport: tls, identity: server, tls: { max: "\(version)" } }
      cli: { role: client, transport: tls, connect: srv, second_handshake: instead, \(trusting) }
      """,
      """
      do: [ { start: srv }, { start: cli } ]
      allow_error: true
      expect: [ { error: double-tls, of: cli, decided_by: here }, { fact: "srv.conn(1).error.count", at_least: 1 } ]
      """)
  }

  /// TLS put on and taken off, begun twice, and resumed.
  static let handshakes = [
    second("1.2"), second("1.3"),
    ActorsCase(
      "TLS put on a living connection and taken off again",
      """
      srv: { role: server, kind: echo, transport: plain, clear_after_tls: true }
      cli: { role: client, transport: plain, connect: srv, clear_after_tls: true }
      """,
      """
      do:
        - start: srv
        - start: cli
        - send: { from: cli, text: "a" }
        - wait_for: { fact: app.received, of: cli, is: "a" }
        - start_tls: { at: "srv.conn(1)", as: server, identity: server }
        - start_tls: { at: cli, as: client, \(trusting) }
        - wait_for: { fact: tls.handshake_done, of: cli }
        - send: { from: cli, text: "b" }
        - wait_for: { fact: app.received, of: cli, is: "ab" }
        - stop_tls: cli
        - send: { from: cli, text: "clear" }
      expect:
        - { fact: app.received, of: cli, is: "abclear" }
        - { fact: wire.received, of: "srv.conn(1)", contains: "clear" }
        - { no_error: [cli, srv] }
      """),
    ActorsCase(
      "a session offered again",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server }
      cli: { role: client, transport: tls, connect: srv, tls: { resume: true }, \(trusting) }
      """,
      """
      do:
        - start: srv
        - start: cli
        - send: { from: cli, text: "Sabine" }
        - wait_for: { fact: app.received, of: cli, is: "Hey Sabine!" }
        - close: { of: cli }
        - start: cli
      expect:
        - { fact: tls.messages_received, of: "cli.conn(1)", contains: Certificate }
        - { fact: tls.handshake_done, of: "cli.conn(2)" }
      order: [ { of: "cli.conn(2)", message: ServerHello, dir: received }, { of: "cli.conn(2)", event: established } ]
      """),
  ]

  /// What servers do about accepting.
  static let servers = [
    ActorsCase(
      "accept that waits for each handshake",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, accept_mode: blocking }
      mute: { role: client, transport: plain, connect: srv }
      cli: { role: client, transport: tls, connect: srv, \(trusting) }
      """,
      """
      do:
        - start: srv
        - start: mute
        - wait_for: { fact: srv.conn.count, is: 1 }
        - start: cli
          wait: false
        - wait_for: { fact: conn.established, of: cli }
        - wait_for: { fact: srv.kernel.queue, is: 1 }
        - close: { of: mute, how: fin }
        - wait_for: { fact: tls.handshake_done, of: cli }
      allow_error: true
      expect: [ { fact: srv.conn.count, is: 2 }, { fact: tls.handshake_done, of: cli } ]
      """),
    ActorsCase(
      "one at a time",
      """
      srv: { role: server, kind: echo, transport: plain, limit: 1 }
      one: { role: client, transport: plain, connect: srv }
      two: { role: client, transport: plain, connect: srv }
      """,
      """
      do:
        - start: srv
        - start: [one, two]
        - send: { from: two, text: "now" }
        - wait_for: { fact: srv.kernel.queue, is: 1 }
        - close: { of: one }
      expect: [ { fact: app.received, of: two, is: "now" }, { fact: srv.conn.count, is: 2 } ]
      """),
  ]

  /// Names, revocation and forgiven errors.
  static let certificates = [
    ActorsCase(
      "a server that knows whom it is asked for",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, tls: { sni_identities: { netlab.test: server, other.test: other }, sni_strict: true } }
      good: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: other.test }
      mute: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test, sni: none }
      """,
      """
      do: [ { start: srv }, { start: good }, { start: mute } ]
      allow_error: true
      expect:
        - { fact: tls.handshake_done, of: good }
        - { error: missing-sni, of: mute, alert: 112 }
        - { error: missing-sni, of: "srv.conn(2)" }
      """),
    ActorsCase(
      "a certificate that was taken back",
      """
      srv: { role: server, kind: greet, transport: tls, identity: revoked }
      cli: { role: client, transport: tls, connect: srv, tls: { crl: [lab-crl] }, \(trusting) }
      blind: { role: client, transport: tls, connect: srv, \(trusting) }
      """,
      """
      do: [ { start: srv }, { start: [cli, blind] } ]
      allow_error: true
      expect: [ { error: revoked, of: cli, verify: 23 }, { fact: tls.handshake_done, of: blind } ]
      """),
    ActorsCase(
      "one error is forgiven, and no other",
      """
      old: { role: server, kind: greet, transport: tls, identity: expired }
      odd: { role: server, kind: greet, transport: tls, identity: not-yet-valid }
      cli: { role: client, transport: tls, connect: old, tls: { ignore_verify: [10] }, \(trusting) }
      two: { role: client, transport: tls, connect: odd, tls: { ignore_verify: [10] }, \(trusting) }
      """,
      """
      do: [ { start: [old, odd] }, { start: [cli, two] } ]
      allow_error: true
      expect: [ { fact: tls.handshake_done, of: cli }, { error: not-yet-valid, of: two, verify: 9 } ]
      """),
  ]
}
