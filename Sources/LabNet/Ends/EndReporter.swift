import LabFacts
import NIOCore

/// Turns what the handlers of one channel see into facts, and keeps the data plane from flooding the door:
/// facts about bytes are limited by a budget and summed up beyond it; nothing else is ever dropped.
/// Belongs to the channel's event loop.
final class EndReporter {
  let id: EndID
  let side: Side
  private(set) var traffic = Fact.Traffic()
  private(set) var failure: Failure?
  /// For the visitor's page: what the peer offered and what was agreed on.
  private(set) var clientHello: HandshakeMessage?
  private(set) var negotiated: Negotiated?
  private(set) var verification: Verification?
  /// From the ClientHello to this end's own "done".
  private(set) var handshakeTime: TimeAmount?

  /// The peer's close_notify came: all it had to say was said.
  private(set) var hasHeardGoodbye = false

  /// Layers of TLS on the connection now; without one the bytes on the wire are the programs' own.
  var tlsDepth = 0
  /// Told of the failure, once, after it was reported.
  var onFailure: ((Failure) -> Void)?
  let detail: Detail

  private let sink: FactSink
  private let loop: any EventLoop
  private var wireBudget = Budget()
  private var dataBudget = Budget()
  private var summed: [Direction: Int] = [:]
  private var isFlushScheduled = false
  private var helloAt: NIODeadline?
  private var newestMessage: Int?
  private var hasSeenCertificate = false
  private var closedFirst: Failure.Decider?
  /// The peer's FIN came.
  var hasPeerEnded = false
  /// This end's close made its kernel send RST.
  var hasReset = false
  private var isClosed = false

  /// Bytes of one chunk kept in a fact.
  private static let keptBytes = 4 * 1024
  private static let frame = TimeAmount.milliseconds(33)

  init(
    id: EndID, side: Side, detail: Detail = .full, loop: any EventLoop, sink: @escaping FactSink
  ) {
    self.id = id
    self.side = side
    self.detail = detail
    self.loop = loop
    self.sink = sink
  }

  func report(_ fact: Fact) {
    switch fact {
    case .failed(_, let reason):
      // One cause is enough: what follows a failure (a reset, an early end) is its echo.
      guard failure == nil else { return }
      failure = reason
    case .message(_, _, let message):
      newestMessage = message.type
      hasSeenCertificate = hasSeenCertificate || message.type == 11
      if message.type == 1 { (clientHello, helloAt) = (message, .now()) }
    case .alert(_, .received, let alert) where alert.isCloseNotify: hasHeardGoodbye = true
    case .verified(_, let result): verification = result
    case .established(_, let result):
      negotiated = result
      handshakeTime = helloAt.map { .now() - $0 }
    case .halfClosed(_, let direction):
      hasPeerEnded = hasPeerEnded || direction == .received
      if closedFirst == nil { closedFirst = direction == .received ? .peer : .here }
    default: break  // every other fact passes through untouched
    }
    if detail != .counted || fact.isCounted { sink(fact) }
    if case .failed(_, let reason) = fact { onFailure?(reason) }
  }

  /// How far the connection has got, for a failure that the socket tells of.
  var phase: Phase {
    guard tlsDepth > 0, negotiated == nil else { return .established }
    if hasSeenCertificate { return .handshakeAfterCertificate }
    return newestMessage.map { $0 != 1 } == true ? .handshake : .handshakeStart
  }

  func fail(_ failure: Failure) { report(.failed(id, failure)) }

  /// Bytes on a connection without TLS: what crosses the wire is what the programs say. Bytes that were
  /// counted before they turned out to be clear are `counted`.
  func clear(_ direction: Direction, _ buffer: ByteBuffer, counted: Bool = false) {
    if !counted { countWire(direction, buffer.readableBytes) }
    let total = direction == .sent ? traffic.wireSent : traffic.wireReceived
    let offset = total - buffer.readableBytes
    if detail == .full, wireBudget.take() {
      let bytes = EndReporter.kept(buffer)
      sink(.wire(id, direction, WireSegment(kind: .clear, offset: offset, bytes: bytes)))
    }
    data(direction, buffer)
  }

  /// Bytes on the wire under TLS; the engine itself makes the facts about records.
  func countWire(_ direction: Direction, _ count: Int) {
    if direction == .sent { traffic.wireSent += count } else { traffic.wireReceived += count }
  }

  /// Application bytes.
  func data(_ direction: Direction, _ buffer: ByteBuffer) {
    let count = buffer.readableBytes
    if direction == .sent { traffic.dataSent += count } else { traffic.dataReceived += count }
    guard detail == .full else { return }
    if summed.isEmpty && dataBudget.take() {
      sink(.data(id, direction, EndReporter.kept(buffer)))
      return
    }
    summed[direction, default: 0] += count
    scheduleFlush()
  }

  /// A relay's hook saw a chunk that came in at this end.
  func hooked(_ hook: ByteHook, before: [UInt8], after: [UInt8]) {
    guard dataBudget.take() else { return }
    sink(
      .hooked(
        id, hook, before: EndReporter.kept(ByteBuffer(bytes: before)),
        after: EndReporter.kept(ByteBuffer(bytes: after))))
  }

  /// The channel is gone. Makes the last fact about this end.
  func closed() {
    guard !isClosed else { return }
    isClosed = true
    flush()
    sink(.closed(id, Fact.Closing(manner: manner, by: whoClosedFirst, traffic: traffic)))
  }

  /// Who judged a failure need not be who closed: a server that says no may stay open.
  private var whoClosedFirst: Failure.Decider {
    if failure?.code == .resetByPeer { return .peer }
    if hasReset { return .here }
    // The FIN behind a fatal alert is on its way already when this end answers the alert with its own.
    if failure?.evidence.alertDirection == .received, hasPeerEnded { return .peer }
    return closedFirst ?? failure?.decidedBy ?? .here
  }

  private var manner: Fact.Closing.Manner {
    guard let failure else { return hasReset ? .reset : .clean }
    switch failure.code {
    case .resetByPeer: return .reset
    // An end that left its goodbye out, and hears of it, has itself lost nothing.
    case .eofInHandshake, .eofWithoutCloseNotify: return failure.decidedBy == .peer ? .aborted : .truncated
    default: return .aborted  // all other failures are this end giving up
    }
  }

  private func scheduleFlush() {
    guard !isFlushScheduled else { return }
    isFlushScheduled = true
    loop.assumeIsolated().scheduleTask(in: EndReporter.frame) { self.flush() }
  }

  private func flush() {
    isFlushScheduled = false
    guard !summed.isEmpty else { return }
    for direction in Direction.allCases {
      if let total = summed[direction] { sink(.data(id, direction, Bytes(kept: [], total: total))) }
    }
    summed = [:]
    sink(.traffic(id, traffic))
  }

  private static func kept(_ buffer: ByteBuffer) -> Bytes {
    let view = buffer.readableBytesView
    return Bytes(kept: Array(view.prefix(keptBytes)), total: view.count)
  }
}

extension Fact {
  /// What counters are made of.
  fileprivate var isCounted: Bool {
    if case .opened = self { return true }
    if case .failed = self { return true }
    return false
  }
}

/// A few facts at once, then a steady trickle: 64, and 20 more each second.
struct Budget {
  private var tokens = 64.0
  private var last = NIODeadline.now()

  mutating func take() -> Bool {
    let now = NIODeadline.now()
    tokens = min(64, tokens + Double((now - last).nanoseconds) / 50_000_000)
    last = now
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
