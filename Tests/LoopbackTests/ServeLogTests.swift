import LabFacts
import LabRuntime
import Testing

struct ServeLogTests {
  private let end = EndID("serve1", 1)
  private let failure = Failure(
    layer: .tls, code: .plainToTlsPort, phase: .handshakeStart, decidedBy: .here, verbatim: ["http request"])

  private func log(_ change: (inout ServeLog.Style) -> Void = { _ in }) -> ServeLog {
    var style = ServeLog.Style()
    change(&style)
    var log = ServeLog(style, titles: ["serve1": "tls, echo"])
    _ = log.take(
      stamped(
        .listening(
          "serve1",
          Fact.Listening(
            endpoint: Endpoint("127.0.0.1", 8443), transport: .tls, chosenBy: .configured, backlog: 128))))
    return log
  }

  private func stamped(_ fact: Fact, at microseconds: Int = 0) -> StampedFact {
    StampedFact(number: 1, microseconds: microseconds, fact: fact)
  }

  private func opened(_ end: EndID) -> Fact {
    .opened(
      end,
      Fact.Opening(
        side: .server, transport: .tls, local: Endpoint("127.0.0.1", 8443), peer: Endpoint("127.0.0.1", 5000),
        localPortChosenBy: .configured))
  }

  private func closed(_ end: EndID) -> Fact {
    var traffic = Fact.Traffic()
    (traffic.dataReceived, traffic.dataSent) = (5, 7)
    return .closed(end, Fact.Closing(manner: .clean, by: .peer, traffic: traffic))
  }

  @Test func `opens, failures and closes are a line each, with the four numbers`() {
    var log = log()
    #expect(log.take(stamped(opened(end))) == ["+0.000 127.0.0.1:8443 <- 127.0.0.1:5000 opened (tls, echo)"])
    #expect(
      log.take(stamped(.failed(end, failure), at: 1_204_000)) == [
        "+1.204 127.0.0.1:8443 <- 127.0.0.1:5000 failed plain-to-tls-port at handshake-start, decided here: http request"
      ])
    #expect(
      log.take(stamped(closed(end), at: 2_000_000)) == [
        "+2.000 127.0.0.1:8443 <- 127.0.0.1:5000 closed (clean), 5 B in, 7 B out, 2.000 s"
      ])
  }

  @Test(arguments: [(ServeLog.Errors.all, 14), (.once, 1), (.none, 0)])
  func `failures of a kind are told as often as wanted, and counted always`(
    errors: ServeLog.Errors, lines: Int
  ) {
    var log = log { $0.errors = errors }
    var told = 0
    for number in 1...14 {
      _ = log.take(stamped(opened(EndID("serve1", number))))
      told += log.take(stamped(.failed(EndID("serve1", number), failure))).count
    }
    #expect(told == lines)
    #expect(log.counters.total.failed == 14)
    #expect(log.table.last?.hasSuffix("plain-to-tls-port seen 14×") == true)
  }

  @Test func `what was said stays unsaid unless it is wanted`() {
    let secret = Fact.data(end, .received, Bytes(text: "secret\u{1b}"))
    var quiet = log { $0.level = 3 }
    #expect(quiet.take(stamped(secret)).allSatisfy { !$0.contains("secret") })
    var open = log { $0.showsData = true }
    #expect(open.take(stamped(secret)).last?.hasSuffix("received 7 B: \"secret\\x1b\"") == true)
    var dump = log { ($0.showsData, $0.asHexDump) = (true, true) }
    #expect(dump.take(stamped(secret)).last?.contains("0000  73 65 63 72 65 74 1b  ") == true)
  }

  @Test func `JSON keeps words and keys to itself unless they are wanted`() {
    let secret = stamped(.data(end, .received, Bytes(kept: [0x53], total: 1)))
    #expect(ServeJSON.line(secret, showsData: false)?.contains("\"kept\":[]") == true)
    #expect(ServeJSON.line(secret, showsData: true)?.contains("83") == true)
    #expect(ServeJSON.line(stamped(.keyLogged(end, "CLIENT_RANDOM")), showsData: true) == nil)
  }

  @Test(arguments: [(Side.server, "client"), (.client, "server")])
  func `a certificate is named for the one who showed it`(side: Side, owner: String) {
    let leaf = CertificateSummary(
      subject: "CN=netlab.test", issuer: "CN=CA", names: [], notBefore: "", notAfter: "", serial: "1",
      key: "", fingerprint: "", isAuthority: false, isSelfSigned: false)
    var log = log { $0.level = 1 }
    _ = log.take(
      stamped(
        .opened(
          end,
          Fact.Opening(
            side: side, transport: .tls, local: Endpoint("127.0.0.1", 1), peer: Endpoint("127.0.0.1", 2),
            localPortChosenBy: .kernel))))
    let told = [[leaf], []].flatMap {
      log.take(stamped(.verified(end, Verification(code: 0, text: "ok", enforced: true, chain: $0))))
    }
    #expect(told.first?.contains(" \(owner) certificate CN=netlab.test") == true)
    #expect(told.last?.hasSuffix("no \(owner) certificate came") == true)
  }

  @Test func `the table counts what is open`() {
    var log = log()
    for number in 1...3 { _ = log.take(stamped(opened(EndID("serve1", number)))) }
    _ = log.take(stamped(closed(end)))
    let total = log.counters.total
    #expect([total.opened, total.closed, total.active, total.bytesIn, total.bytesOut] == [3, 1, 2, 5, 7])
  }
}
