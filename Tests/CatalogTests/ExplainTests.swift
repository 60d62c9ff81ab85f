import LabCore
import LabFacts
import Testing

@testable import LabCatalog

@Suite struct ExplainTests {
  static let cli = EndID("cli", 1)
  static let srv = EndID("srv", 1)

  /// A TLS client that met a plain server.
  static let failure: Failure = {
    var evidence = Evidence()
    evidence.reason = 267
    evidence.firstReceived = Array("HTTP/1.1 400 Bad".utf8)
    return Failure(
      layer: .tls, code: .tlsToPlainPort, phase: .handshakeStart, decidedBy: .here, evidence: evidence,
      verbatim: ["error:0A00010B:SSL routines::wrong version number"])
  }()

  static func lab(withServer: Bool = true) -> LabState {
    var facts: [Fact] = [
      Told.listening("srv", port: 7777), Told.opened(cli, .client, port: 40000, peer: 7777, transport: .tls),
    ]
    if withServer { facts.append(Told.opened(srv, .server, port: 7777, peer: 40000)) }
    facts.append(.failed(cli, failure))
    return facts.enumerated().reduce(into: LabState()) {
      Lab.reduce(&$0, StampedFact(number: $1.offset + 1, microseconds: 0, fact: $1.element))
    }
  }

  static let catalog = Catalog.load(
    from: .memory([
      "lessons/explanations/tls-to-plain-port.yaml": """
      code: tls-to-plain-port
      title: "The other side does not speak TLS"
      decided: "This end decided."
      what: |
        The first bytes were "{{failure.first_received}}".
        The alert was {{failure.alert_name}}.
      variants:
        - { when: [ { fact: failure.side, is: server } ], title: "A ClientHello came" }
      not: ["not a certificate problem", "not {{failure.expected_name}}"]
      causes:
        - { rank: 1, say: "The port is a plain one." }
        - { when: [ { fact: failure.first_received, starts_with: "220" } ], rank: 3, say: "A mail server." }
        - { when: [ { fact: failure.first_received, starts_with: "HTTP/" } ], rank: 3, say: "A web server." }
      check:
        - { run: "openssl s_client -connect {{server.address}}", tells: "fails the same way" }
        - { run: "dig {{failure.expected_name}}", tells: "nothing" }
      fix: ["Connect to the TLS port."]
      other_side: "{{there.role}} saw bytes."

      """
    ])
  ).catalog

  @Test(arguments: [
    ("  x509:20", FailureCode.unknownCa), ("alert 500: read: ECONNRESET", .resetByPeer),
    ("errno 4000, then ECONNREFUSED", .refused),
  ])
  func `what is no known number does not hide the rest of a line`(text: String, code: FailureCode) {
    #expect(ErrorReader.recognised(text)?.failure.code == code)
  }

  @Test func `of what came only the beginning is told, and that there was more`() {
    func told(_ count: Int) -> String? {
      var evidence = Evidence()
      evidence.firstReceived = Array(repeating: 0x61, count: count)
      let failure = Failure(
        layer: .http, code: .httpMalformed, phase: .established, decidedBy: .here, evidence: evidence)
      let value = FailureProperty.firstReceived.value(of: failure, side: nil)
      return value.map(\.description)
    }
    #expect(told(32) == String(repeating: "a", count: 32))
    #expect(told(33) == String(repeating: "a", count: 32) + " ...")
  }

  @Test func `a card is filled with the run's own bytes, ports and ends`() {
    let card = Self.catalog.explain(Self.failure, end: Self.cli, actor: "cli", in: Self.lab())
    #expect(card.title == "The other side does not speak TLS")
    #expect(card.reported == "cli (client) decided, and reports it.")
    #expect(card.what == ["The first bytes were \"HTTP/1.1 400 Bad\"."])
    #expect(card.not == ["not a certificate problem"])
    #expect(card.check.map(\.run) == ["openssl s_client -connect 127.0.0.1:7777"])
    #expect(card.otherSide == "server saw bytes.")
    #expect(card.verbatim == [.init(who: "cli", text: "error:0A00010B:SSL routines::wrong version number")])
    #expect(
      card.matched == "tls-to-plain-port / reason 267 / confidence high / client / handshake-start / tls")
  }

  @Test func `causes that hold come first by rank, with what speaks for them`() {
    let card = Self.catalog.explain(Self.failure, end: Self.cli, actor: "cli", in: Self.lab())
    #expect(card.causes.map(\.say) == ["A web server.", "The port is a plain one."])
    #expect(
      card.causes.first?.evidence
        == [#"beginning of what came starts with "HTTP/"; it is "HTTP/1.1 400 Bad""#])
  }

  @Test func `an other end outside the lab is known by its address alone`() {
    let card = Self.catalog.explain(
      Self.failure, end: Self.cli, actor: "cli", in: Self.lab(withServer: false))
    #expect(card.check.map(\.run) == ["openssl s_client -connect 127.0.0.1:7777"])
    #expect(card.otherSide == nil)
  }

  @Test func `a command asks for TLS in the way the connection did`() {
    let facts: [Fact] = [
      .connecting(
        Self.cli, Fact.Connecting(to: Endpoint("127.0.0.1", 7143), transport: .plain, starttls: .imap)),
      Told.opened(Self.cli, .client, port: 40000, peer: 7143), .failed(Self.cli, Self.refusal(.upgrade)),
    ]
    let lab = facts.enumerated().reduce(into: LabState()) {
      Lab.reduce(&$0, StampedFact(number: $1.offset + 1, microseconds: 0, fact: $1.element))
    }
    let card = Self.shipped.explain(Self.refusal(.upgrade), end: Self.cli, actor: "cli", in: lab)
    #expect(card.check.first?.run == "openssl s_client -connect 127.0.0.1:7143 -starttls imap")
    let inClear = Self.shipped.explain(
      Self.failure, end: Self.cli, actor: "cli", in: Self.lab(withServer: false))
    #expect(inClear.check.contains { $0.run == "openssl s_client -connect 127.0.0.1:7777" })
  }

  @Test(
    arguments: [
      (Array("\u{16}\u{3}\u{1}".utf8), "The server decided: a TLS record came where it expected a command."),
      (Array("GET / HTTP".utf8), "The server decided: the first bytes are no command of its protocol."),
    ] as [([UInt8], String)])
  func `a server of mail that another protocol came to tells its own story`(
    bytes: [UInt8], decided: String
  ) {
    var evidence = Evidence()
    evidence.mailProtocol = .imap
    evidence.firstReceived = bytes
    let failure = Failure(
      layer: .mail, code: .starttlsPortMixup, phase: .upgrade, decidedBy: .here, evidence: evidence)
    let facts: [Fact] = [Told.opened(Self.srv, .server, port: 7143, peer: 40000), .failed(Self.srv, failure)]
    let lab = facts.enumerated().reduce(into: LabState()) {
      Lab.reduce(&$0, StampedFact(number: $1.offset + 1, microseconds: 0, fact: $1.element))
    }
    let card = Self.shipped.explain(failure, end: Self.srv, actor: "srv", in: lab)
    #expect(card.reported.contains("srv"))
    #expect(card.decided == decided)
    #expect(
      card.check.map(\.run) == [
        "openssl s_client -connect 127.0.0.1:7143 -starttls imap", "openssl s_client -connect 127.0.0.1:7143",
      ])
    #expect(card.otherSide?.contains("lient") == true)
  }

  static let shipped = Catalog.load(from: ShippedCatalogTests.folder).catalog

  static func refusal(_ stage: MailStage) -> Failure {
    var evidence = Evidence()
    evidence.mailStage = stage
    return Failure(
      layer: .mail, code: .mailRefused, phase: .upgrade, decidedBy: .peer, evidence: evidence,
      verbatim: ["421 busy"])
  }

  /// The title that a failure of a dialogue gets from the shipped cards.
  private func title(
    _ code: FailureCode, _ layer: Failure.Layer = .proxy, by decider: Failure.Decider = .here,
    _ change: (inout Evidence) -> Void
  ) -> String {
    var evidence = Evidence()
    change(&evidence)
    let failure = Failure(layer: layer, code: code, phase: .proxy, decidedBy: decider, evidence: evidence)
    return Self.shipped.explain(failure, end: Self.cli, actor: "cli", in: Self.lab()).title
  }

  @Test func `what a dialogue knows chooses the card's words`() {
    #expect(
      title(.mailRefused, .mail) { $0.mailStage = .greeting } == "The mail server takes no connection now")
    #expect(
      title(.mailRefused, .mail) { $0.mailStage = .upgrade } == "The server offers STARTTLS and refuses it")
    #expect(title(.timeout, .mail) { $0.mailStage = .greeting } == "No greeting in time")
    #expect(
      title(.emptyReply, .mail, by: .peer) { $0.mailStage = .greeting }
        == "The server hung up without a greeting")
    #expect(title(.proxyDenied) { $0.httpStatus = 403 } == "The proxy's rules forbid this target")
    #expect(title(.proxyDenied) { $0.httpStatus = 302 } == "The proxy opened no tunnel")
    #expect(title(.httpMalformed, by: .peer) { _ in } == "The HTTP message ended within its head")
    #expect(title(.httpMalformed) { $0.subject = "x" } == "The head of this HTTP message is too long")
    #expect(
      title(.starttlsPortMixup, .mail) { $0.firstReceived = Array("220 hi".utf8) }
        == "Another protocol answers on this port")
  }

  @Test func `a card of a proxy names the target with its port`() {
    for code in [FailureCode.proxyDenied, .proxyAuth, .proxyUpstreamFailed] {
      var evidence = Evidence()
      evidence.endpoint = Endpoint("localhost", 7777)
      let failure = Failure(layer: .proxy, code: code, phase: .proxy, decidedBy: .peer, evidence: evidence)
      let card = Self.shipped.explain(failure, end: Self.cli, actor: "cli", in: Self.lab())
      #expect(card.check.first?.run.hasSuffix("https://localhost:7777/") == true, "\(code)")
    }
  }

  @Test func `a variant replaces the parts it names`() {
    let card = Self.catalog.explain(Self.failure, end: Self.srv, actor: "srv", in: Self.lab())
    #expect(card.title == "A ClientHello came")
    #expect(card.decided == "This end decided.")
  }

  @Test func `a code without a card says so and shows the evidence`() {
    let failure = Failure(
      layer: .socket, code: .brokenPipe, phase: .established, decidedBy: .kernel,
      verbatim: ["Broken\u{1b}[2J pipe"])
    let card = Catalog().explain(failure, end: Self.cli, actor: "cli", in: Self.lab())
    #expect(card.isGeneric)
    #expect(card.title == "No explanation yet: broken-pipe")
    #expect(card.reported == "The kernel decided; cli (client) reports it.")
    #expect(card.verbatim == [.init(who: "cli", text: "Broken\\x1b[2J pipe")])
    #expect(card.matched.contains("confidence low"))
  }

  @Test func `a server that could not start is explained without a connection`() {
    let failure = Failure(layer: .socket, code: .addrInUse, phase: .bind, decidedBy: .kernel)
    let card = Catalog().explain(failure, end: nil, actor: "srv", in: Self.lab())
    #expect(card.reported == "The kernel decided; srv (server) reports it.")
  }
}
