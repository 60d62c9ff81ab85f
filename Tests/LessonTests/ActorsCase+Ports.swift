extension ActorsCase {
  /// Ports that are taken, and by what.
  static let ports = [
    ActorsCase(
      "TIME-WAIT is in the way of a server that does not reuse its address",
      """
      late: { role: server, kind: greet, transport: plain }
      cli: { role: client, transport: plain, connect: late }
      stiff: { role: server, kind: greet, transport: plain, listen: { port_of: late, reuse: false } }
      lithe: { role: server, kind: greet, transport: plain, listen: { port_of: late } }
      """,
      """
      do:
        - start: late
        - start: cli
        - close: { of: "late.conn(1)", how: clean }
        - wait_for: { fact: kernel.state, of: "late.conn(1)", is: TIME-WAIT }
        - stop: late
        - start: stiff
          allow_error: true
        - start: lithe
      expect:
        - { error: addr-in-use, of: stiff, errno: 98, decided_by: kernel }
        - { fact: stiff.listening, is: false }
        - { fact: lithe.port, is: "{{late.conn(1).port}}" }
        - { no_error: [lithe] }
      """),
    ActorsCase(
      "one IPv6 port is for IPv6 alone, unless both are asked for",
      """
      six: { role: server, kind: greet, transport: plain, listen: { host: "::1" } }
      four: { role: server, kind: greet, transport: plain, listen: { host: "127.0.0.1", port_of: six } }
      old: { role: client, transport: plain, connect: four }
      new: { role: client, transport: plain, connect: six }
      """,
      """
      requires: { ipv6: true }
      do: [ { start: six }, { start: four }, { start: [old, new] } ]
      expect:
        - { fact: four.port, is: "{{six.port}}" }
        - { fact: six.conn.count, is: 1 }
        - { fact: four.conn.count, is: 1 }
        - { fact: peer_address, of: "six.conn(1)", starts_with: "[::1]:" }
        - { no_error: [old, new] }
      """),
    ActorsCase(
      "a port that nobody may have without being told",
      """
      low: { role: server, kind: greet, transport: plain, listen: { host: "127.0.0.1", prefer_port: 443, insist: true } }
      """,
      """
      requires: { unprivileged_ports: true }
      do: [ { start: low, allow_error: true } ]
      expect: [ { error: port-privilege, of: low, errno: 13, decided_by: kernel }, { fact: low.listening, is: false } ]
      """),
  ]
}
