import LabFacts
import LabProtocols
import LabTesting
import Testing

/// Whatever a peer says is answered with values, and never with its secrets or with control characters.
struct MailNoiseTests {
  private static let words = [
    "a", "b", " ", " ", "\r\n", "\r\n", "\n", "\"", "\\", "{3}", "{5+}", "{999999999}", "[CAPABILITY", "]",
    "*", "+",
    "OK", "NO", "BYE", "220", "250-", "250 ", "334", "+OK", "-ERR", ".", "STARTTLS", "STLS", "CAPA", "EHLO",
    "LOGIN", "AUTHENTICATE", "PLAIN", "AUTH", "AGJvYgB4", "MAIL FROM:<x>", "RCPT TO:<x>", "DATA", "USER",
    "PASS",
    "c1", "c2", "LOGOUT", "QUIT", "\u{0}", "\u{16}\u{3}", "ö", "GET /", "PROXY ",
  ]

  private func noise(_ generator: inout SeededGenerator) -> [UInt8] {
    let count = Int.random(in: 0...6, using: &generator)
    return (0..<count).flatMap { _ in
      Array((MailNoiseTests.words.randomElement(using: &generator) ?? "").utf8)
    }
  }

  private func event(_ generator: inout SeededGenerator) -> DialogueEvent {
    switch Int.random(in: 0..<40, using: &generator) {
    case 0: .ended
    case 1...3: .tlsUp
    case 4: .opened
    default: .heard(noise(&generator))
    }
  }

  private func relayEvent(_ generator: inout SeededGenerator) -> RelayEvent {
    switch Int.random(in: 0..<60, using: &generator) {
    case 0: .ended(.client)
    case 1: .ended(.backend)
    case 2...4: .tlsUp(.client)
    case 5...12: .backendUp
    case 13: .backendFailed(Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel))
    case 14: .timePassed
    default: .heard(Bool.random(using: &generator) ? .client : .backend, noise(&generator))
    }
  }

  private func isSafe(_ text: String) -> Bool {
    !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  @Test(arguments: MailProtocol.allCases)
  func `noise stops no client and no server`(mail: MailProtocol) {
    for seed in 0..<300 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var client = StartTLSClient(mail, greeting: .kept)
      var server = MailServer(mail, host: "lab", offersTLS: true, requiresTLS: seed.isMultiple(of: 2))
      for _ in 0..<40 {
        let event = event(&generator)
        let actions = client.take(event) + server.take(event)
        #expect(notes(actions).allSatisfy(isSafe))
      }
    }
  }

  @Test(arguments: MailProtocol.allCases)
  func `noise stops no relay`(mail: MailProtocol) {
    let order = ConnectOrder(to: Endpoint("back.lab", 1), transport: .plain)
    for seed in 0..<300 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var router = ImapRouter(ImapRoute(others: order), host: "lab")
      var offer = StartTLSOffer(mail, order)
      for _ in 0..<60 {
        let event = relayEvent(&generator)
        let actions = router.take(event) + offer.take(event)
        #expect(notes(actions).allSatisfy(isSafe))
      }
    }
  }
}
