import COpenSSL
import COpenSSLSystem
import LabFacts

/// Watches one connection and writes down what happened: OpenSSL's message callback gives the messages,
/// the splitters give the records, and here the two meet.
///
/// Confined to the thread of its engine: every callback runs inside a call of that engine.
final class Trace {
  let end: EndID
  let side: Side
  let level: TraceLevel
  /// Does this end refuse a bad certificate?
  let isEnforcing: Bool
  /// Subjects of this end's trust store.
  let trustedSubjects: [String]
  /// Where a client keeps its sessions.
  let sessions: SessionStore?
  /// X509_V_ERR numbers that are forgiven, and those that were.
  let ignored: Set<Int>
  var forgiven: [Int] = []
  /// Facts in order. A nil is the place of a record whose bytes are not there yet.
  private var facts: [Fact?] = []

  /// The place of what is left when the stream has ended: it came before anything that is said of the end.
  private(set) var restSlot: Int?

  var received = DirectionTrace()
  var sent = DirectionTrace()
  var splitter: RecordSplitter
  var outbound = Queue<OutboundHead>()

  private(set) var isVersion13 = false
  private(set) var group: Int?
  private(set) var serverName: String?
  var sawServerHello = false
  var sawServerCertificate = false
  var sentCertificate = false
  private(set) var lastAlertSent: Alert?
  private(set) var lastAlertReceived: Alert?
  var verification: Verification?
  /// The certificate that was found at fault, or the leaf.
  var judged: CertificateSummary?
  /// Where the fault lies: does the leaf say it was signed under a CA that this end trusts?
  var leafPointsToTrusted = false
  private(set) var firstReceived: [UInt8] = []

  init(end: EndID, context: TLSContext, level: TraceLevel, receivedBefore: Int, sentBefore: Int) {
    self.end = end
    self.level = level
    splitter = RecordSplitter(offset: receivedBefore)
    sent.offset = sentBefore
    side = context.setup.role
    isEnforcing = context.setup.refusesBadCertificates
    trustedSubjects = context.trustedSubjects
    sessions = context.sessions
    ignored = Set(context.setup.ignoredVerifyErrors)
  }

  // MARK: Facts

  func add(_ fact: Fact) { facts.append(fact) }

  /// Keeps a place in the order for a fact that is made later.
  func reserve() -> Int {
    facts.append(nil)
    return facts.count - 1
  }

  /// Puts a fact in its place, or at the end where that place was already given away.
  func fill(_ slot: Int?, _ fact: Fact) {
    if let slot, slot < facts.count, facts[slot] == nil { facts[slot] = fact } else { facts.append(fact) }
  }

  func takeFacts() -> [Fact] {
    guard !facts.isEmpty else { return [] }
    let taken = facts.compactMap(\.self)
    facts.removeAll(keepingCapacity: false)
    received.forgetSlots()
    sent.forgetSlots()
    restSlot = nil
    return taken
  }

  // MARK: Bytes off the wire

  func feed(_ bytes: UnsafeRawBufferPointer) {
    if firstReceived.count < 64 { firstReceived += bytes.prefix(64 - firstReceived.count) }
    if level == .full { splitter.feed(bytes) }
  }

  /// The peer's FIN has come, and OpenSSL is about to meet it.
  func reserveRest() {
    if level == .full, restSlot == nil { restSlot = reserve() }
  }

  // MARK: What OpenSSL tells

  /// One call of the message callback.
  func observe(_ direction: Direction, contentType: Int32, _ bytes: UnsafeRawBufferPointer) {
    switch contentType {
    case SSL3_RT_HEADER: recordBegan(direction, bytes)
    case SSL3_RT_INNER_CONTENT_TYPE: innerType(direction, bytes)
    case SSL3_RT_HANDSHAKE: messageSeen(direction, Array(bytes))
    case SSL3_RT_ALERT: alertSeen(direction, bytes)
    // A received one is not always told: `recordBegan` sees its header.
    case SSL3_RT_CHANGE_CIPHER_SPEC where direction == .sent: changeCipherSpecSeen(direction)
    default: break
    }
  }

  private func recordBegan(_ direction: Direction, _ header: UnsafeRawBufferPointer) {
    guard header.count == RecordSplitter.headerLength else { return }
    let outer = Int(header[0])
    change(direction) { $0.begin(outer: outer, isVersion13: isVersion13, reserve: reserve) }
    if direction == .received, outer == SSL3_RT_CHANGE_CIPHER_SPEC, header[1] == 3 {
      changeCipherSpecSeen(direction)
    }
  }

  private func innerType(_ direction: Direction, _ bytes: UnsafeRawBufferPointer) {
    guard let inner = bytes.first else { return }
    change(direction) { $0.setInner(Int(inner), reserve: reserve) }
  }

  private func messageSeen(_ direction: Direction, _ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let type = Int(first)
    let reading = ErrorQueue.aside { MessageReader.read(bytes, isVersion13: isVersion13) }
    learn(direction, type, reading)
    let name = TLSNames.handshakeType(type)
    let encrypted = self[direction].lastEncrypted
    change(direction) { direction == .sent ? $0.nameBack(name) : $0.name(name) }
    add(
      .message(
        end, direction,
        HandshakeMessage(type: type, length: bytes.count, encrypted: encrypted, fields: reading.fields)))
    if type == SSL3_MT_NEWSESSION_TICKET { add(.ticket(end, direction)) }
  }

  private func alertSeen(_ direction: Direction, _ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 2 else { return }
    let alert = Alert(level: bytes[0] == 1 ? .warning : .fatal, number: Int(bytes[1]))
    change(direction) { $0.name("alert \(alert.name)") }
    note(direction, alert)
  }

  func note(_ direction: Direction, _ alert: Alert) {
    switch direction {
    case .sent: lastAlertSent = alert
    case .received: lastAlertReceived = alert
    }
    add(.alert(end, direction, alert))
  }

  private func changeCipherSpecSeen(_ direction: Direction) {
    let name = TLSNames.handshakeType(HandshakeMessage.changeCipherSpec)
    change(direction) {
      $0.name(name)
      $0.changedCipherSpec = !isVersion13
    }
    add(
      .message(
        end, direction,
        HandshakeMessage(type: HandshakeMessage.changeCipherSpec, length: 1, encrypted: false)))
  }

  /// Keeps what later messages, failures and `negotiated` need.
  private func learn(_ direction: Direction, _ type: Int, _ reading: MessageReading) {
    if let group = reading.group { self.group = group }
    if let name = reading.serverName { serverName = name }
    switch Int32(type) {
    case SSL3_MT_SERVER_HELLO:
      isVersion13 = reading.version == TLSVersion.tls13.number
      if !reading.isRetryRequest { sawServerHello = true }
    case SSL3_MT_CERTIFICATE:
      if (direction == .sent) == (side == .server) { sawServerCertificate = true }
      if direction == .sent, !reading.isEmptyCertificate { sentCertificate = true }
    default: break
    }
  }

  // MARK: One of the two directions

  subscript(direction: Direction) -> DirectionTrace { direction == .sent ? sent : received }

  private func change(_ direction: Direction, _ body: (inout DirectionTrace) -> Void) {
    switch direction {
    case .sent: body(&sent)
    case .received: body(&received)
    }
  }
}
