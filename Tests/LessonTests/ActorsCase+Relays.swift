extension ActorsCase {
  /// Relays with a fixed backend, by first word, and with hooks.
  static let relays = [
    ActorsCase(
      "a relay in clear",
      """
      srv: { role: server, kind: greet, transport: plain }
      rel: { role: relay, transport: plain, route: fixed, to: srv }
      cli: { role: client, transport: plain, connect: rel }
      """,
      """
      do: [ { start: [srv, rel] }, { start: cli }, { send: { from: cli, text: "Herbert" } } ]
      expect:
        - { fact: app.received, of: cli, is: "Hey Herbert!" }
        - { fact: srv.conn.count, is: 1 }
        - { no_error: [cli, rel, srv] }
      """),
    ActorsCase(
      "a relay that ends TLS",
      """
      srv: { role: server, kind: greet, transport: plain }
      rel: { role: relay, transport: tls, identity: server, route: fixed, to: srv }
      cli: { role: client, transport: tls, connect: rel, trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: [srv, rel] }, { start: cli }, { send: { from: cli, text: "Sabine" } } ]
      expect:
        - { fact: app.received, of: cli, is: "Hey Sabine!" }
        - { fact: wire.received, of: "srv.conn(1)", is: "Sabine" }
        - { fact: tls.version, of: cli, is: "TLS 1.3" }
      """),
    ActorsCase(
      "a relay that begins TLS",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server }
      rel: { role: relay, transport: plain, route: fixed, to: { actor: srv, transport: tls, trust: [lab-ca], name: netlab.test } }
      cli: { role: client, transport: plain, connect: rel }
      """,
      """
      do: [ { start: [srv, rel] }, { start: cli }, { send: { from: cli, text: "Sabine" } } ]
      expect:
        - { fact: wire.received, of: cli, is: "Hey Sabine!" }
        - { fact: tls.handshake_done, of: "srv.conn(1)" }
      """),
    ActorsCase(
      "hooks changed on a living relay",
      """
      srv: { role: server, kind: echo, transport: plain }
      rel: { role: relay, transport: plain, route: fixed, to: srv, hooks: [ { upper: true, way: up } ] }
      cli: { role: client, transport: plain, connect: rel }
      """,
      """
      do:
        - start: [srv, rel]
        - start: cli
        - send: { from: cli, text: "abc" }
        - wait_for: { fact: app.received, of: cli, is: "ABC" }
        - hooks: { relay: rel, do: [ { rot13: true, way: down } ] }
        - send: { from: cli, text: "abc" }
        - wait_for: { fact: app.received, of: cli, is: "ABCnop" }
        - hooks: { relay: rel, do: [] }
        - send: { from: cli, text: "abc" }
      expect: [ { fact: app.received, of: cli, is: "ABCnopabc" } ]
      """),
    ActorsCase(
      "a cut resets both",
      """
      srv: { role: server, kind: echo, transport: plain }
      rel: { role: relay, transport: plain, route: fixed, to: srv, hooks: [ { cut: 2, way: up } ] }
      cli: { role: client, transport: plain, connect: rel }
      """,
      """
      do: [ { start: [srv, rel] }, { start: cli }, { send: { from: cli, text: "abc" } } ]
      allow_error: true
      expect: [ { error: reset-by-peer, of: cli }, { fact: conn.closed, of: cli, is: reset } ]
      """),
    ActorsCase(
      "one port, services by the first words",
      """
      talk: { role: server, kind: greet, transport: plain }
      safe: { role: server, kind: greet, transport: tls, identity: server }
      mail: { role: server, kind: smtp, transport: plain }
      rel: { role: relay, transport: plain, route: dual, timeout_ms: 100, to: { tls: safe, client_first: talk, server_first: mail } }
      clear: { role: client, transport: plain, connect: rel }
      tcli: { role: client, transport: tls, connect: rel, trust: [lab-ca], name: netlab.test }
      quiet: { role: client, transport: plain, connect: rel }
      """,
      """
      do:
        - start: [talk, safe, mail, rel]
        - start: [quiet, clear]
        - send: { from: clear, text: "Herbert" }
        - start: tcli
      expect:
        - { fact: app.received, of: clear, is: "Hey Herbert!" }
        - { fact: tls.handshake_done, of: "safe.conn(1)" }
        - { fact: app.received, of: quiet, starts_with: "220 " }
      """),
    ActorsCase(
      "a relay that is done after one",
      """
      srv: { role: server, kind: echo, transport: plain }
      rel: { role: relay, transport: plain, route: fixed, to: srv, max_connections: 1 }
      one: { role: client, transport: plain, connect: rel }
      two: { role: client, transport: plain, connect: rel }
      """,
      """
      do: [ { start: [srv, rel] }, { start: one }, { wait_for: { fact: rel.listening, is: false } }, { start: two, allow_error: true } ]
      expect: [ { error: refused, of: two }, { no_error: one } ]
      """),
  ]
}
