import LabFacts

/// Makes the rungs one end tells of, and says how far each one has come.
enum LadderTravel {
  typealias Rung = Ladder.Rung

  static func rungs(of end: EndState, other: EndState?) -> [Rung] {
    var alerts = AlertCipher(end)
    var isUnderTLS = end.transport == .tls && end.timeline.forgotten > 0
    var isUp = isUnderTLS
    var layers = isUnderTLS ? 1 : 0
    let speaksForOther = other.map { speaks(end, for: $0) } ?? true
    let tunnel = other.flatMap { speaks($0, for: end) ? tunnelStart($0) : nil }
    let told = end.timeline.elements.flatMap { entry -> [Rung] in
      if entry.event == .tlsStarted { (isUnderTLS, layers) = (true, layers + 1) }
      if case .established = entry.event { isUp = true }
      if entry.event == .tlsStopped { (isUnderTLS, isUp, layers) = (false, false, 0) }
      if let tunnel, entry.number > tunnel, entry.event.isData { return [] }
      let hearsAll = other == nil || speaksForOther && isUnderTLS
      return rungs(
        for: entry, of: end, otherIsHere: other != nil, drawsReceived: hearsAll, isEncrypted: isUp,
        &alerts
      ).map { layers > 1 ? inside($0) : $0 }
    }
    return other == nil || speaksForOther ? told + unopened(at: end) : told
  }

  /// What came to an end that speaks TLS, and it never opened. No fact but that of the wire tells of it.
  private static func unopened(at end: EndState) -> [Rung] {
    let told = end.timeline.elements
    guard let start = told.first(where: { $0.event == .tlsStarted })?.number else { return [] }
    let stop = told.last { $0.event == .tlsStopped }?.number ?? .max
    return end.wire.elements.compactMap { entry in
      let isClear = entry.segment.kind == .clear
      guard entry.direction == .received, start < entry.number, entry.number < stop,
        isClear || entry.segment.isUnopened
      else { return nil }
      return Rung(
        number: entry.number, microseconds: entry.microseconds, side: end.side.other,
        kind: .unopened(entry.segment.bytes.total, isRecord: !isClear),
        // Bytes in clear were looked at, and judged.
        travel: isClear ? .arrived : .unopened, encrypted: !isClear)
    }
  }

  /// A second handshake's messages are clear to it alone: on the wire they are application data.
  private static func inside(_ rung: Rung) -> Rung {
    guard case .message(let message) = rung.kind, !message.encrypted else { return rung }
    var rung = rung
    (rung.isInside, rung.encrypted) = (true, true)
    return rung
  }

  /// Does an end understand what the other only passes on? A TLS client behind a proxy shakes hands with somebody
  /// further on: its report has messages where the proxy's has bytes.
  private static func speaks(_ end: EndState, for other: EndState) -> Bool {
    end.tls.started && !other.tls.started
      && end.timeline.elements.contains {
        if case .message(.received, _) = $0.event { true } else { false }
      }
  }

  private static func tunnelStart(_ end: EndState) -> Int? {
    end.timeline.elements.first { $0.event == .tlsStarted }?.number
  }

  private static func rungs(
    for entry: TimelineEntry, of end: EndState, otherIsHere: Bool, drawsReceived: Bool, isEncrypted: Bool,
    _ alerts: inout AlertCipher
  ) -> [Rung] {
    func rung(
      _ kind: Rung.Kind, by side: Side? = nil, _ travel: Rung.Travel = .arrived, encrypted: Bool = false
    ) -> Rung {
      Rung(
        number: entry.number, microseconds: entry.microseconds, side: side ?? end.side, kind: kind,
        travel: travel, encrypted: encrypted)
    }
    // Only TCP has segments to infer: a pair of pipes has none, and no socket of one machine.
    let hasSegments = end.opening.map { $0.network == .tcp } ?? (end.target.map { !$0.isUnix } ?? true)
    switch entry.event {
    case .connecting(let target):
      return target.isUnix || end.failedBeforeConnect ? [] : [rung(.inferred("SYN"), by: .client, .sent)]
    case .opened:
      let up = rung(.connected(end.opening?.network ?? .tcp))
      guard hasSegments else { return [up] }
      return [
        rung(.inferred("SYN"), by: .client), rung(.inferred("SYN+ACK"), by: .server),
        rung(.inferred("ACK"), by: .client), up,
      ]
    // The lines of a dialogue cross as data; TLS comes and goes with its own messages.
    case .tlsStarted, .tlsStopped, .dialogue: return []
    case .message(let direction, let message):
      return crossing(.message(message), direction, encrypted: message.encrypted)
    case .alert(let direction, let alert):
      return crossing(.alert(alert), direction, encrypted: alerts.next(direction))
    case .data(let direction, let count):
      return crossing(.data(count), direction, encrypted: isEncrypted)
    case .established: return [rung(.secured)]
    case .http(let exchange): return [rung(.http(exchange))]
    case .failed(let failure):
      let answer = failure.code == .refused && hasSegments ? [rung(.inferred("RST"), by: end.side.other)] : []
      return answer + [rung(.failed(failure))]
    case .halfClosed(let direction):
      return !hasSegments || otherIsHere && direction == .received
        ? [] : [rung(.inferred("FIN"), by: direction == .sent ? end.side : end.side.other)]
    case .closed(let closing):
      let sender = closing.by == .here ? end.side : end.side.other
      let reset = closing.manner == .reset && hasSegments ? [rung(.inferred("RST"), by: sender)] : []
      return reset + [rung(.closed(closing))]
    }

    /// What was received is drawn from the sender's own report, where the sender is in the lab.
    func crossing(_ kind: Rung.Kind, _ direction: Direction, encrypted: Bool) -> [Rung] {
      if direction == .sent { return [rung(kind, .sent, encrypted: encrypted)] }
      return drawsReceived ? [rung(kind, by: end.side.other, encrypted: encrypted)] : []
    }
  }

  /// Of a sender's crossings, the first `n` of a kind have arrived where the receiver reports `n`; the last
  /// ones are held where its gate holds them.
  static func mark(_ rungs: inout [Rung], sender: EndState, receiver: EndState?) {
    markRecords(&rungs, sender: sender, receiver: receiver)
    for index in rungs.indices where rungs[index].isInside && rungs[index].travel == .sent {
      let carrier = rungs[index...].first { $0.side == sender.side && $0.isData }
      rungs[index].travel = carrier?.travel ?? .sent
    }
  }

  /// Nobody has read what a client sent that waits in the accept queue.
  static func hold(back rungs: inout [Rung]) {
    for index in rungs.indices where Kind(rungs[index].kind) != nil && rungs[index].travel == .arrived {
      rungs[index].travel = .sent
    }
  }

  private static func markRecords(_ rungs: inout [Rung], sender: EndState, receiver: EndState?) {
    let mine = rungs.indices.filter {
      rungs[$0].travel == .sent && !rungs[$0].isInside && Kind(rungs[$0].kind) != nil
    }
    guard let receiver, sender.timeline.forgotten == 0, receiver.timeline.forgotten == 0 else {
      for index in mine { rungs[index].travel = .arrived }
      markHeld(&rungs, mine, sender.held)
      return
    }
    guard sender.transport == receiver.transport else {
      markByBytes(&rungs, mine, receiver)
      markHeld(&rungs, mine, sender.held)
      return
    }
    let isAtItsEnd = receiver.isOver || !receiver.failures.isEmpty
    let missing: Rung.Travel = isAtItsEnd ? .unread : .sent
    for kind in [Kind.message, .alert] {
      let sent = mine.filter { Kind(rungs[$0].kind) == kind }
      let arrived = arrivals(at: receiver, kind)
      for (place, index) in sent.enumerated() { rungs[index].travel = place < arrived ? .arrived : missing }
    }
    var bytes = 0
    for index in mine {
      guard case .data(let count) = rungs[index].kind else { continue }
      let read = receiver.dataReceived.total - bytes
      bytes += count
      rungs[index].travel = read >= count ? .arrived : read > 0 ? .partly : missing
    }
    if isAtItsEnd { markUnopened(&rungs, mine, SentRecords(sender), receiver) }
    markHeld(&rungs, mine, sender.held)
  }

  /// What was never read may have come all the same: the bytes of its record tell.
  private static func markUnopened(
    _ rungs: inout [Rung], _ mine: [Int], _ records: SentRecords, _ receiver: EndState
  ) {
    for index in mine where rungs[index].travel == .unread {
      guard let bytes = records.bytes(of: rungs[index]) else { continue }
      let came = receiver.wireReceived.total - bytes.lowerBound
      if came >= bytes.count {
        rungs[index].travel = .unopened
      } else if came > 0 {
        rungs[index].travel = .cut(came: came, of: bytes.count)
      }
    }
  }

  /// An end that speaks another protocol reports no messages, only bytes.
  private static func markByBytes(_ rungs: inout [Rung], _ mine: [Int], _ receiver: EndState) {
    let recordHeader = 5
    let arrived = max(receiver.wireReceived.total, receiver.dataReceived.total)
    let waiting: Rung.Travel = receiver.tls.started ? .unrecorded : .sent
    var bytes = 0
    for index in mine {
      switch rungs[index].kind {
      case .message(let message): bytes += recordHeader + message.length
      case .alert: bytes += recordHeader + 2
      case .data(let count): bytes += count
      case .unopened, .inferred, .http, .connected, .secured, .failed, .closed: break
      }
      rungs[index].travel = bytes <= arrived ? .arrived : receiver.isOver ? .unread : waiting
    }
  }

  /// One record may hold several messages, and one write may need several records.
  private static func markHeld(_ rungs: inout [Rung], _ mine: [Int], _ titles: [String]) {
    var rest = mine[...]
    var lastWasData = false
    for title in titles.flatMap({ $0.split(separator: ",") }).reversed() {
      let isData = title == "application data"
      defer { lastWasData = isData }
      if isData, lastWasData { continue }
      guard let index = rest.popLast() else { return }
      rungs[index].travel = .held
    }
  }

  private enum Kind {
    case message, alert, data

    init?(_ kind: Rung.Kind) {
      switch kind {
      case .message: self = .message
      case .alert: self = .alert
      case .data: self = .data
      case .unopened, .inferred, .http, .connected, .secured, .failed, .closed: return nil
      }
    }
  }

  private static func arrivals(at end: EndState, _ kind: Kind) -> Int {
    end.timeline.elements.reduce(into: 0) { count, entry in
      guard entry.direction == .received else { return }
      switch entry.event {
      case .message: if kind == .message { count += 1 }
      case .alert: if kind == .alert { count += 1 }
      case .data, .connecting, .opened, .tlsStarted, .tlsStopped, .dialogue, .established, .http, .halfClosed,
        .closed, .failed:
        break
      }
    }
  }
}

/// Says of each alert whether its record was encrypted: the record on the wire knows.
private struct AlertCipher {
  private var sent: ArraySlice<Bool>
  private var received: ArraySlice<Bool>

  init(_ end: EndState) {
    func alerts(_ direction: Direction) -> [Bool] {
      end.wire.elements.compactMap { entry in
        guard entry.direction == direction, case .record(_, let names, let encrypted) = entry.segment.kind,
          names.contains(where: { $0.hasPrefix("alert ") })
        else { return nil }
        return encrypted
      }
    }
    sent = alerts(.sent)[...]
    received = alerts(.received)[...]
  }

  mutating func next(_ direction: Direction) -> Bool {
    (direction == .sent ? sent.popFirst() : received.popFirst()) ?? false
  }
}

extension EndState {
  /// The wish to connect is told before the name is looked up, the port bound and TLS set up: where one of them
  /// fails, connect() was never called. Where it finds no address or port of its own to use, it sent nothing.
  fileprivate var failedBeforeConnect: Bool {
    failures.contains { [.setup, .resolve, .bind].contains($0.phase) || $0.code == .addrNotAvail }
  }
}

extension Ladder.Rung {
  fileprivate var isData: Bool {
    if case .data = kind { true } else { false }
  }
}

extension TimelineEntry.Event {
  fileprivate var isData: Bool {
    if case .data = self { true } else { false }
  }
}
