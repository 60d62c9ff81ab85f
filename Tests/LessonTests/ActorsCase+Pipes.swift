extension ActorsCase {
  private static let pair = """
    srv: { role: server, kind: greet, transport: tls, network: pipe, identity: server }
    cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test }
    """

  /// Two engines, two pipes, no socket.
  static let pipes = [
    ActorsCase(
      "a handshake without a socket, carried by hand",
      pair,
      """
      do:
        - hold: [cli, srv]
        - start: srv
        - start: cli
        - carry: { from: cli }
        - wait_for: { fact: tls.held, of: "srv.conn(1)", at_least: 1 }
        - carry: { from: "srv.conn(1)" }
        - wait_for: { fact: tls.handshake_done, of: cli }
        - carry: { from: cli }
        - wait_for: { fact: tls.handshake_done, of: "srv.conn(1)" }
        - open: [cli, srv]
        - send: { from: cli, text: "Sabine" }
      expect:
        - { fact: app.received, of: cli, is: "Hey Sabine!" }
        - { fact: kernel.state, of: [cli, "srv.conn(1)"], exists: false }
        - { fact: peer_address, of: cli, is: "pipe:srv" }
        - { fact: peer_address, of: "srv.conn(1)", is: "{{cli.address}}" }
        - { fact: wire.received_bytes, of: cli, at_least: 1000 }
        - { no_error: [cli, srv] }
      """),
    ActorsCase(
      "pipes end as connections do",
      """
      srv: { role: server, kind: echo, transport: plain, network: pipe }
      cli: { role: client, transport: plain, connect: srv }
      """,
      """
      do:
        - start: srv
        - start: cli
        - send: { from: cli, text: "aha" }
        - wait_for: { fact: app.received, of: cli, is: "aha" }
        - close: { of: cli }
        - stop: srv
      expect:
        - { fact: conn.closed, of: [cli, "srv.conn(1)"], is: clean }
        - { fact: srv.listening, is: false }
        - { no_error: [cli, srv] }
      """),
    ActorsCase(
      "pipes know no reset",
      """
      srv: { role: server, kind: echo, transport: plain, network: pipe }
      cli: { role: client, transport: plain, connect: srv }
      """,
      """
      do: [ { start: srv }, { start: cli }, { close: { of: cli, how: reset } } ]
      expect:
        - { fact: conn.closed, of: [cli, "srv.conn(1)"], is: clean }
        - { fact: conn.closed_by, of: cli, is: here }
        - { fact: conn.closed_by, of: "srv.conn(1)", is: peer }
        - { no_error: [cli, srv] }
      """),
    ActorsCase(
      "pipes wait for accept()",
      """
      srv: { role: server, kind: echo, transport: plain, network: pipe, accepting: false, limit: 1 }
      one: { role: client, transport: plain, connect: srv }
      two: { role: client, transport: plain, connect: srv }
      """,
      """
      do:
        - start: srv
        - wait_for: { fact: srv.accepting, is: false }
        - start: [one, two]
        - send: { from: one, text: "aha" }
        - send: { from: two, text: "oho" }
        - wait_for: { fact: srv.conn.count, is: 0 }
        - accept: srv
        - wait_for: { fact: app.received, of: one, is: "aha" }
        - wait_for: { fact: srv.conn.count, is: 1 }
        - close: { of: one }
        - wait_for: { fact: app.received, of: two, is: "oho" }
        - pause: srv
      expect:
        - { fact: srv.accepting, is: false }
        - { fact: srv.conn.count, is: 2 }
        - { no_error: [one, two, srv] }
      """),
    ActorsCase(
      "nobody at the other end of the pipes",
      pair,
      """
      do: [ { start: srv }, { stop: srv }, { start: cli, allow_error: true } ]
      expect: [ { error: setup-other, of: cli, decided_by: here } ]
      """),
  ]
}
