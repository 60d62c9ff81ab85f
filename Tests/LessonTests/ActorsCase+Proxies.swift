extension ActorsCase {
  private static func through(_ language: String, _ route: String) -> ActorsCase {
    ActorsCase(
      "TLS through \(language)",
      """
      srv: { role: server, kind: greet, transport: tls, identity: server }
      prx: { role: relay, transport: plain, route: \(route) }
      cli: { role: client, transport: tls, connect: srv, via: { proxy: prx, speak: \(language) }, trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: [srv, prx] }, { start: cli }, { send: { from: cli, text: "Sabine" } } ]
      expect:
        - { fact: app.received, of: cli, contains: "Hey Sabine!" }
        - { fact: prx.conn.count, is: 1 }
        - { fact: tls.sni, of: "srv.conn(1)", is: netlab.test }
      """)
  }

  private static func refused(
    _ language: String, _ route: String, _ manners: String, _ code: String, login: String = ""
  ) -> ActorsCase {
    ActorsCase(
      "\(language) refused: \(manners)",
      """
      srv: { role: server, kind: greet, transport: plain }
      prx: { role: relay, transport: plain, route: \(route), \(manners) }
      cli: { role: client, transport: plain, connect: srv, via: { proxy: prx, speak: \(language)\(login) } }
      """,
      """
      do: [ { start: [srv, prx] }, { start: cli } ]
      allow_error: true
      expect: [ { error: \(code), of: cli, decided_by: peer }, { error: \(code), of: prx, decided_by: here }, { fact: srv.conn.count, is: 0 } ]
      """)
  }

  private static let lab = "login: { user: u, password: p }"
  private static let stranger = ", login: { user: u, password: wrong }"

  /// Clients that go through SOCKS and CONNECT.
  static let proxies = [
    through("socks4", "socks"), through("socks5", "socks"), through("socks5h", "socks"),
    through("connect", "connect"),
    refused("connect", "connect", lab, "proxy-auth"),
    refused("connect", "connect", lab, "proxy-auth", login: stranger),
    refused("connect", "connect", "refuse: 403", "proxy-denied"),
    refused("socks5", "socks", "refuse: 5", "socks-target-failed"),
    refused("socks5", "socks", "refuse: 2", "socks-not-allowed"),
    refused("socks5", "socks", "manners: no-method", "socks-auth"),
    refused("socks5", "socks", lab, "socks-auth", login: stranger),
  ]

  private static func mail(_ word: String, _ said: String, _ heard: String) -> ActorsCase {
    ActorsCase(
      "STARTTLS of \(word)",
      """
      srv: { role: server, kind: \(word), transport: plain, identity: server }
      cli: { role: client, transport: tls, connect: srv, starttls: \(word), trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: srv }, { start: cli }, { send: { from: cli, text: "\(said)\\r\\n" } } ]
      expect:
        - { fact: app.received, of: cli, contains: "\(heard)" }
        - { fact: tls.handshake_done, of: "srv.conn(1)" }
        - { no_error: [cli, srv] }
      """)
  }

  /// Mail servers, and relays for them.
  static let mail = [
    mail("imap", "a1 NOOP", "a1 OK"), mail("smtp", "NOOP", "250 "), mail("pop3", "NOOP", "-ERR"),
    ActorsCase(
      "a server without STARTTLS",
      """
      srv: { role: server, kind: imap, transport: plain }
      cli: { role: client, transport: tls, connect: srv, starttls: imap, trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: srv }, { start: cli } ]
      allow_error: true
      expect: [ { error: starttls-missing, of: cli } ]
      """),
    ActorsCase(
      "STARTTLS in front of a server without",
      """
      srv: { role: server, kind: imap, transport: plain }
      rel: { role: relay, transport: plain, identity: server, route: starttls, protocol: imap, to: srv }
      cli: { role: client, transport: tls, connect: rel, starttls: imap, trust: [lab-ca], name: netlab.test }
      """,
      """
      do: [ { start: [srv, rel] }, { start: cli }, { send: { from: cli, text: "a1 NOOP\\r\\n" } } ]
      expect: [ { fact: app.received, of: cli, contains: "a1 OK" }, { fact: wire.received, of: "srv.conn(1)", contains: "NOOP" } ]
      """),
    ActorsCase(
      "IMAP by user",
      """
      one: { role: server, kind: imap, transport: plain }
      two: { role: server, kind: imap, transport: plain }
      rel: { role: relay, transport: plain, route: imap, to: { alice: one }, others: two }
      ann: { role: client, transport: plain, connect: rel }
      bob: { role: client, transport: plain, connect: rel }
      """,
      """
      do:
        - start: [one, two, rel]
        - start: [ann, bob]
        - send: { from: ann, text: "a LOGIN alice x\\r\\n" }
        - send: { from: bob, text: "b LOGIN bob x\\r\\n" }
      expect:
        - { fact: app.received, of: ann, contains: "a OK" }
        - { fact: app.received, of: bob, contains: "b OK" }
        - { fact: conn.count, of: [one, two], is: 1 }
      """),
  ]
}
