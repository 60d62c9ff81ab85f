extension ActorsCase {
  /// Reading when told to, ports by another's, clocks, faults on purpose.
  static let habits = [
    ActorsCase(
      "a server that reads when it is told to",
      """
      srv: { role: server, kind: discard, transport: plain, reading: manual }
      cli: { role: client, transport: plain, connect: srv }
      """,
      """
      do:
        - start: srv
        - start: cli
        - send: { from: cli, text: "alpha" }
        - send: { from: cli, text: "bravo" }
        - wait_for: { fact: kernel.recv_queue, of: "srv.conn(1)", is: 10 }
        - read: { at: "srv.conn(1)", bytes: 7 }
        - wait_for: { fact: app.last_read_bytes, of: "srv.conn(1)", is: 7 }
        - wait_for: { fact: kernel.recv_queue, of: "srv.conn(1)", is: 3 }
        - read: { at: "srv.conn(1)", bytes: 1024 }
        - send: { from: cli, size: 300000 }
        - read: { at: "srv.conn(1)", all: true }
      expect:
        - { fact: app.received_bytes, of: "srv.conn(1)", is: 300010 }
        - { fact: app.received, of: "srv.conn(1)", starts_with: "alphabravoabc" }
        - { fact: app.read_count, of: "srv.conn(1)", at_least: 3 }
      """),
    ActorsCase(
      "closing with something unread is a reset",
      """
      srv: { role: server, kind: discard, transport: plain, reading: manual }
      cli: { role: client, transport: plain, connect: srv }
      """,
      """
      do:
        - start: srv
        - start: cli
        - send: { from: cli, size: 3000 }
        - read: { at: "srv.conn(1)", bytes: 1024 }
        - close: { of: "srv.conn(1)" }
      allow_error: true
      expect:
        - { fact: app.last_read_bytes, of: "srv.conn(1)", is: 1024 }
        - { error: reset-by-peer, of: cli, errno: 104 }
      """),
    ActorsCase(
      "a port that another has, without a way out",
      """
      one: { role: server, kind: echo, transport: plain, listen: { host: "::", family: dual } }
      two: { role: server, kind: echo, transport: plain, listen: { host: "0.0.0.0", port_of: one } }
      cli: { role: client, transport: plain, connect: { host: "127.0.0.1", port_of: one } }
      """,
      """
      do: [ { start: one }, { start: cli }, { start: two, allow_error: true } ]
      expect:
        - { error: addr-in-use, of: two, errno: 98 }
        - { fact: peer_address, of: "one.conn(1)", starts_with: "[::ffff:127.0.0.1]" }
      """),
    ActorsCase(
      "a clock of its own",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server }
      cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test, clock: "2001-01-01" }
      """,
      """
      do: [ { start: srv }, { start: cli } ]
      allow_error: true
      expect: [ { error: not-yet-valid, of: cli, verify: 9 } ]
      """),
    ActorsCase(
      "accept or die",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, on_error: stop }
      good: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test }
      bad: { role: client, transport: plain, connect: srv }
      late: { role: client, transport: plain, connect: srv }
      """,
      """
      do:
        - start: srv
        - start: [good, bad]
        - request: { from: bad }
        - wait_for: { fact: srv.listening, is: false }
        - start: late
      allow_error: true
      expect:
        - { error: plain-to-tls-port, of: srv }
        - { error: refused, of: late }
        - { fact: conn.closed, of: good }
      """),
    ActorsCase(
      "FIN without close_notify",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server, no_close_notify: true }
      cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: srv }, { start: cli }, { close: { of: "srv.conn(1)" } } ]
      allow_error: true
      expect:
        - { error: eof-without-close-notify, of: cli, decided_by: here }
        - { error: eof-without-close-notify, of: "srv.conn(1)", decided_by: peer }
        - { fact: conn.closed, of: cli, is: truncated }
        - { fact: conn.closed, of: "srv.conn(1)", is: aborted }
      """),
    ActorsCase(
      "a client that does not insist on STARTTLS, and who takes it away",
      """
      srv: { role: server, kind: imap, transport: plain, identity: server }
      mid: { role: relay, transport: plain, route: fixed, to: srv, hooks: [ { replace: { from: " STARTTLS", to: "" } } ] }
      cli: { role: client, transport: tls, connect: mid, starttls: imap, starttls_insists: false, trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: [srv, mid] }, { start: cli }, { send: { from: cli, text: "a LOGIN user1 secret\\r\\n" } } ]
      expect:
        - { fact: tls.handshake_done, of: cli, is: false }
        - { fact: wire.received, of: "mid.conn(1)", contains: "secret" }
        - { no_error: [cli, srv, mid] }
      """),
  ]
}
