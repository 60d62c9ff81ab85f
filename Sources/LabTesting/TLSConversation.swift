package import LabFacts
package import LabTLS

/// Two engines whose bytes are carried by hand: no socket, no clock, no thread.
package final class TLSConversation {
  package let client: TLSEngine
  package let server: TLSEngine
  /// Everything each end has reported so far.
  package private(set) var clientFacts: [Fact] = []
  package private(set) var serverFacts: [Fact] = []
  /// Changes bytes on their way; the side is the one that sent them.
  package var tamper: (Side, OutboundRecord) -> [UInt8] = { _, record in record.bytes }
  /// Titles of all carried records, with their sender.
  package private(set) var carried: [(from: Side, title: String)] = []
  private var waiting: [Side: [OutboundRecord]] = [.client: [], .server: []]

  package convenience init(
    client: TLSSetup, server: TLSSetup, trace: TraceLevel = .full
  ) throws(Failure) {
    self.init(
      client: try TLSContext(client, trace: trace), server: try TLSContext(server, trace: trace))
  }

  /// One more connection of two contexts that live on.
  package init(client: TLSContext, server: TLSContext) {
    self.client = TLSEngine(end: EndID("cli", 1), context: client)
    self.server = TLSEngine(end: EndID("srv", 1), context: server)
    work()
  }

  package func engine(_ side: Side) -> TLSEngine { side == .client ? client : server }
  package func facts(_ side: Side) -> [Fact] { side == .client ? clientFacts : serverFacts }

  /// Carries the oldest record of one side across. False where there is none.
  @discardableResult
  package func carry(from side: Side) -> Bool {
    collect()
    guard let record = waiting[side]?.first else { return false }
    waiting[side]?.removeFirst()
    carried.append((side, record.title))
    deliver(tamper(side, record), to: side.other)
    return true
  }

  /// Carries until nobody has anything to say.
  package func carryAll() {
    while carry(from: .client) || carry(from: .server) {}
  }

  /// Bytes that do not come from the other engine.
  package func deliver(_ bytes: [UInt8], to side: Side) {
    bytes.withUnsafeBytes { engine(side).receive($0) }
    work()
  }

  /// The other end's FIN.
  package func end(to side: Side) {
    engine(side).receiveEnd()
    work()
  }

  /// Writes application bytes at one side; answers how many were taken.
  @discardableResult
  package func write(_ bytes: [UInt8], from side: Side) -> Int {
    let taken = bytes.withUnsafeBytes { engine(side).write($0) }
    collect()
    return taken
  }

  package func closeNotify(from side: Side) {
    engine(side).closeNotify()
    work()
  }

  /// Application bytes that one side has got so far, once.
  package func read(at side: Side) -> [UInt8] {
    defer { inbox[side] = [] }
    return inbox[side] ?? []
  }

  private var inbox: [Side: [UInt8]] = [:]

  private func work() {
    for side in Side.allCases {
      let engine = engine(side)
      engine.advance()
      while let bytes = engine.read(maximum: 65_536) { inbox[side, default: []] += bytes }
    }
    collect()
  }

  private func collect() {
    for side in Side.allCases { waiting[side]? += engine(side).takeOutbound() }
    clientFacts += client.takeFacts()
    serverFacts += server.takeFacts()
  }
}

extension TLSConversation {
  /// What one side reported of the handshake, a line a fact: `> ClientHello`, `< alert unknown_ca`, `up`.
  package func dialogue(_ side: Side) -> [String] { facts(side).compactMap(TLSConversation.line) }

  /// The failure one side reported.
  package func failure(_ side: Side) -> Failure? {
    for case .failed(_, let failure) in facts(side) { return failure }
    return nil
  }

  /// What one side concluded about its peer's certificate.
  package func verification(_ side: Side) -> Verification? {
    for case .verified(_, let verification) in facts(side) { return verification }
    return nil
  }

  private static func line(_ fact: Fact) -> String? {
    switch fact {
    case .message(_, let direction, let message): "\(arrow(direction)) \(message.name)"
    case .alert(_, let direction, let alert): "\(arrow(direction)) alert \(alert.name)"
    case .established: "up"
    case .failed(_, let failure): "failed \(failure.code.rawValue)"
    case .verified(_, let verification): "verified \(verification.code)"
    default: nil
    }
  }

  private static func arrow(_ direction: Direction) -> String { direction == .sent ? ">" : "<" }
}
