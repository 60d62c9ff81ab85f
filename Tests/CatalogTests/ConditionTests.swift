import LabCore
import LabFacts
import Testing

@testable import LabCatalog

@Suite struct ConditionTests {
  static let lab: LabState = {
    var lab = LabState()
    let (cli, failing) = (EndID("cli", 1), EndID("bad", 1))
    var evidence = Evidence()
    evidence.reason = 267
    let failure = Failure(
      layer: .tls, code: .tlsToPlainPort, phase: .handshakeStart, decidedBy: .here, evidence: evidence)
    let facts: [Fact] = [
      .portRange(PortRange(first: 32768, last: 60999)), Told.listening("srv", port: 7777),
      Told.opened(cli, .client, port: 40000, peer: 7777),
      Told.opened(EndID("srv", 1), .server, port: 7777, peer: 40000),
      Told.opened(EndID("srv", 2), .server, port: 7777, peer: 40002), Told.sent(cli, "Herbert"),
      Told.received(cli, "Hey Herbert!"),
      Told.opened(failing, .client, port: 41000, peer: 7777, transport: .tls),
      .message(failing, .sent, HandshakeMessage(type: 1, length: 512, encrypted: false)),
      .alert(failing, .sent, Alert(level: .fatal, number: 70)), .failed(failing, failure),
    ]
    for (number, fact) in facts.enumerated() {
      Lab.reduce(&lab, StampedFact(number: number + 1, microseconds: number, fact: fact))
    }
    return lab
  }()

  static func condition(_ yaml: String) throws -> Condition {
    let log = ProblemLog(file: "condition")
    let root = try #require(YamlFile.root(yaml, log))
    let condition = ConditionReader.condition(root)
    #expect(log.problems == [])
    return try #require(condition)
  }

  @Test(arguments: [
    #"{ fact: app.received, of: cli, is: "Hey Herbert!" }"#,
    #"{ fact: app.received, by: cli, starts_with: "Hey", contains: "Herb" }"#,
    "{ fact: cli.port, is: 40000 }",
    "{ fact: cli.port, is_not: 7777 }",
    "{ fact: port, of: cli, in_range: kernel.ephemeral_range }",
    "{ fact: port, of: cli, in_range: \"1024-65535\" }",
    "{ fact: port, of: cli, at_least: 40000, at_most: 40000 }",
    "{ fact: port, of: cli, one_of: [1, 40000] }",
    #"{ fact: port, of: "srv.conn(*)", all_equal: "{{srv.port}}" }"#,
    #"{ fact: peer_port, of: "srv.conn(*)", all_distinct: true, in_range: kernel.ephemeral_range }"#,
    "{ fact: conn.established, of: [cli, bad] }",
    "{ fact: listening, of: srv, is: true }",
    "{ fact: tls.handshake_done, of: bad, is: false }",
    "{ fact: conn.closed, of: cli, exists: false }",
    "{ fact: conn.count, of: srv, is: 2 }",
    "{ fact: tls.messages_sent, of: bad, contains: ClientHello }",
    "{ error: tls-to-plain-port, of: bad, phase: handshake, decided_by: here, reason: 267 }",
    "{ error: [refused, tls-to-plain-port], of: \"bad.conn(1)\" }",
    "{ no_error: [cli, srv] }",
  ])
  func `a condition that holds has no mismatch`(yaml: String) throws {
    #expect(try Self.condition(yaml).mismatches(in: Self.lab) == [])
  }

  @Test(arguments: [
    (
      #"{ fact: app.received, of: cli, is: "Hi" }"#,
      #"cli: expected received data is "Hi"; seen "Hey Herbert!"."#
    ),
    ("{ fact: port, of: cli, at_least: 50000 }", "cli: expected port is at least 50000; seen 40000."),
    (
      #"{ fact: port, of: "srv.conn(*)", all_equal: 1 }"#,
      "srv connection 1: expected port is 1 each time; seen 7777. "
        + "srv connection 2: expected port is 1 each time; seen 7777."
    ),
    (
      #"{ fact: port, of: "srv.conn(*)", all_distinct: true }"#,
      "each connection of srv: expected port is another one each time; seen 7777, 7777."
    ),
    (
      #"{ fact: port, of: "cli.conn(1)", is: "{{srv.port}}" }"#,
      "cli connection 1: expected port is 7777; seen 40000."
    ),
    (
      "{ fact: srv.port, in_range: kernel.ephemeral_range }",
      "srv: expected port is in 32768-60999; seen 7777."
    ),
    ("{ fact: tls.version, of: cli, exists: true }", "cli: expected TLS version is known; seen nothing yet."),
    (
      "{ fact: tls.messages_sent, of: bad, contains: Finished }",
      "bad: expected list of sent messages contains Finished; seen [ClientHello]."
    ),
    ("{ fact: listening, of: srv, is: false }", "srv: expected it does not listen; seen it listens."),
    (
      #"{ fact: port, of: "gone.conn(*)" }"#,
      "each connection of gone: expected port is known; seen no connection."
    ),
    (
      "{ error: refused, of: bad, phase: connect }",
      "bad: expected failure refused, in connect; "
        + "seen failure tls-to-plain-port, in handshake-start, decided by here, reason 267."
    ),
    ("{ error: refused, of: cli }", "cli: expected failure refused; seen no failure."),
    (
      "{ no_error: bad }",
      "bad: expected no failure; seen failure tls-to-plain-port, in handshake-start, decided by here, reason 267."
    ),
  ])
  func `a condition that does not hold tells what was seen, and where`(yaml: String, sentence: String) throws
  {
    let mismatches = try Self.condition(yaml).mismatches(in: Self.lab)
    #expect(mismatches.map(\.sentence).joined(separator: " ") == sentence)
  }

  @Test(arguments: [
    (
      #"{ fact: kernel.recv_queue, of: "srv.conn(1)", is: 900 }"#,
      "srv connection 1: unread data is 900 bytes"
    ),
    ("{ fact: app.received_bytes, of: cli, at_least: 1 }", "cli: received data is at least 1 byte"),
    ("{ fact: app.last_read_bytes, of: cli, is: 512 }", "cli: last read is 512 bytes"),
    ("{ fact: cli.conn.closed }", "cli: it is closed"),
    ("{ fact: conn.closed, of: cli, is: clean }", "cli: way of closing is clean"),
    ("{ fact: tls.handshake_done, of: [cli, bad], is: false }", "cli, bad: the handshake is not done"),
    (#"{ fact: app.received, of: cli, contains: "a\n b" }"#, #"cli: received data contains "a\n b""#),
    (#"{ fact: app.received, of: cli, contains: 'a\r\n b' }"#, #"cli: received data contains "a\r\n b""#),
    ("{ fact: failure.waited_ms, at_least: 1 }", "time waited is at least 1 ms"),
    ("{ fact: there.error.key, is: hostname-mismatch }", "there: failure is hostname-mismatch"),
    ("{ fact: failure.verify, is: 62 }", "verify code is 62"),
  ])
  func `a condition is told in words, without the names of lesson files`(yaml: String, sentence: String)
    throws
  {
    #expect(try Self.condition(yaml).sentence == sentence)
  }

  @Test func `no two words of properties are the names of lesson files`() {
    for property in Property.allCases {
      #expect(!PropertyWords(property.rawValue).name.contains("_"), "\(property.rawValue)")
      #expect(!PropertyWords(property.rawValue).name.contains("."), "\(property.rawValue)")
    }
    for property in FailureProperty.allCases {
      #expect(!PropertyWords("failure." + property.rawValue).name.contains("_"), "\(property.rawValue)")
    }
  }

  static func order(_ yaml: String) throws -> [OrderEntry] {
    let log = ProblemLog(file: "order")
    let entries = ConditionReader.order(try #require(YamlFile.root(yaml, log)))
    #expect(log.problems == [])
    return entries
  }

  @Test func `lines of an order must come one after the other, end by end`() throws {
    let right = try Self.order(
      """
      - { of: cli, event: data, dir: sent }
      - { of: bad, message: ClientHello, dir: sent }
      - { of: cli, event: data, dir: received }
      - { of: bad, alert: 70, dir: sent }
      - { of: bad, event: failed }
      """)
    #expect(OrderCheck.mismatches(right, Self.lab) == [])
    let wrong = try Self.order(
      """
      - { of: cli, event: data, dir: received }
      - { of: cli, event: data, dir: sent }
      """)
    #expect(
      OrderCheck.mismatches(wrong, Self.lab).map(\.sentence)
        == ["cli connection 1: expected data received, then data sent; seen data sent, then data received."])
  }
}
