import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The lines of one half of the lesson, each with its weight in the fight for room.
struct PairRows {
  let context: PaneContext
  let width: Int
  /// The kernel's row of each end.
  private let sockets: [EndID: KernelSocket]
  /// Both local and remote endpoints of what waits for accept().
  private let waiting: Set<Endpoint>
  private let highlighted: Highlighted

  private enum Weight {
    static let server = 1000
    static let newestClient = 950
    static let failure = 900
    static let held = 880
    static let accepted = 800
    static let certificate = 780
    static let agreed = 700
    static let client = 600
  }

  init(_ context: PaneContext, width: Int) {
    self.context = context
    self.width = width
    sockets = Dictionary(
      context.lab.ownedSockets.compactMap { socket, end in end.map { ($0.id, socket) } },
      uniquingKeysWith: { first, _ in first })
    waiting = Set(
      KernelTable(context.lab).rows.compactMap { row in
        if case .waiting = row.holder { return row.socket.peer.unmapped }
        return nil
      })
    highlighted = Highlighted(context)
  }

  private var lab: LabState { context.lab }
  private var glyphs: Glyphs { context.glyphs }

  func all(of actors: [ActorID]) -> [WeightedLine] {
    let servers = actors.filter(isServer)
    let clients = actors.filter { !isServer($0) }
    let newest = newestClient(clients)
    return servers.flatMap { server($0) }
      + clients.enumerated().flatMap { place, actor in
        client(actor, weight: actor == newest ? Weight.newestClient : Weight.client + place)
      }
      + agreement(servers + clients)
  }

  private func isServer(_ actor: ActorID) -> Bool {
    context.run?.lesson.actor(actor).map { $0.role == .server } ?? (lab.servers[actor] != nil)
  }

  private func newestClient(_ clients: [ActorID]) -> ActorID? {
    lab.endOrder.last { clients.contains($0.actor) }?.actor ?? clients.first
  }

  // MARK: Servers

  private func server(_ actor: ActorID) -> [WeightedLine] {
    var line = PartLine()
    line.add(name(actor.rawValue, isMarked: highlighted.has(actor: actor)))
    let state = lab.servers[actor]
    if let listening = state?.listening {
      describe(listening, isAccepting: state?.accepting ?? true, &line)
    } else if let failure = state?.failures.last {
      line.add("! \(failure.code.rawValue)", .failure)
      line.add(FailureWords.decided(failure), .failure, weight: 5)
      line.add(FailureWords.phase(failure.phase), .dim, weight: 4)
    } else {
      line.add(state == nil ? "not started" : "stopped", .dim)
    }
    return [WeightedLine(Weight.server, line)] + accepted(actor)
  }

  private func describe(_ listening: Fact.Listening, isAccepting: Bool, _ line: inout PartLine) {
    line.add("LISTEN \(listening.endpoint)")
    if let wanted = listening.preferredPort { line.add("(\(wanted) was taken)", .notice, weight: 9) }
    if !isAccepting { line.add("accept paused", .notice, weight: 8) }
    let row = lab.kernel?.sockets.first { $0.state == .listen && $0.local == listening.endpoint }
    if let row {
      let backlog = row.sendQueue > 0 ? row.sendQueue : listening.backlog
      line.add(
        "queue \(row.receiveQueue)/\(backlog)", row.receiveQueue > 0 ? .notice : .text, weight: 7)
    } else {
      line.add("backlog \(listening.backlog)", .dim, weight: 6)
    }
    if let descriptor = listening.descriptor { line.add("fd \(descriptor)", .dim, weight: 1) }
  }

  /// Quiet ends share lines, newest first; one in trouble, in a handshake or held has a line of its own.
  private func accepted(_ actor: ActorID) -> [WeightedLine] {
    var lines: [WeightedLine] = []
    var packed: Line = []
    func flush() {
      guard !packed.isEmpty else { return }
      var line = PartLine()
      line.add([Span("\(glyphs.branch) ", .dim)] + packed)
      lines.append(WeightedLine(Weight.accepted - lines.count, line))
      packed = []
    }
    for end in lab.ends(of: actor).reversed() {
      let piece = acceptedPiece(end)
      if isQuiet(end) {
        if !packed.isEmpty, packed.width + 2 + piece.width > width - 2 { flush() }
        packed += (packed.isEmpty ? [] : [Span("  ")]) + piece
      } else {
        flush()
        lines += loud(end, piece)
      }
    }
    flush()
    return lines
  }

  private func acceptedPiece(_ end: EndState) -> Line {
    let peer = end.peer.map { "\($0.port)" } ?? "?"
    let words = words(end)
    let isUp = end.phase == .open && end.tls.established != nil
    let kernel = isUp ? sockets[end.id].map { "\($0.state.name) " } ?? "" : ""
    return [
      Span("#\(end.id.ordinal) \(glyphs.marks.pair) \(peer) ", highlighted.has(end.id) ? .notice : .text),
      Span(kernel), words.state,
    ]
  }

  private func isQuiet(_ end: EndState) -> Bool {
    end.failures.isEmpty && end.held.isEmpty && (end.tls.established != nil || !end.tls.started || end.isOver)
  }

  private func loud(_ end: EndState, _ piece: Line) -> [WeightedLine] {
    var line = PartLine()
    line.add([Span("\(glyphs.branch) ", .dim)] + piece)
    line.add(words(end).held ?? "", .notice, weight: 5)
    let rank = end.held.isEmpty ? Weight.accepted : Weight.held
    return [WeightedLine(rank, line)] + failures(end)
  }

  // MARK: Clients

  private func client(_ actor: ActorID, weight: Int) -> [WeightedLine] {
    guard let end = lab.newestEnd(of: actor) else {
      var line = PartLine()
      line.add(name(actor.rawValue, isMarked: highlighted.has(actor: actor)))
      let failure = lab.failures.elements.last { $0.actor == actor && $0.end == nil }?.failure
      line.add(
        failure.map { "! \($0.code.rawValue)" } ?? "not started", failure == nil ? .dim : .failure)
      return [WeightedLine(weight - 300, line)]
    }
    var line = PartLine()
    line.add(name(end.label, isMarked: highlighted.has(end.id)))
    line.add(route(end))
    let words = words(end)
    line.add([words.state], weight: end.isOver ? 6 : 8)
    if let held = words.held { line.add(held, .notice, weight: 9) }
    let limit = max(8, (width - 34) / 2)
    let talk = [
      EndWords.quoted("sent", end.dataSent, limit: limit, glyphs),
      EndWords.quoted("got", end.dataReceived, limit: limit, glyphs),
    ].compactMap { $0 }
    guard width < 60 else {
      for (place, text) in talk.enumerated() { line.add(text, weight: 7 - place) }
      return [WeightedLine(weight, line)] + failures(end)
    }
    return [WeightedLine(weight, line)] + failures(end) + ownLine(talk, weight: weight - 120)
  }

  /// Where there is no room beside it, what was said stands below.
  private func ownLine(_ talk: [String], weight: Int) -> [WeightedLine] {
    guard !talk.isEmpty else { return [] }
    var line = PartLine()
    line.add("  " + talk[0])
    for text in talk.dropFirst() { line.add(text, weight: 5) }
    return [WeightedLine(weight, line)]
  }

  private func route(_ end: EndState) -> Line {
    let local = end.local.map { "\($0.port)" } ?? glyphs.ellipsis
    let peer = end.peer.map { $0.isIPv6 ? "\($0)" : "\($0.port)" } ?? "?"
    return [Span(local + " "), glyphs.arrow(encrypted: words(end).isEncrypted), Span(" " + peer)]
  }

  private func failures(_ end: EndState) -> [WeightedLine] {
    end.failures.suffix(2).map { failure in
      var line = PartLine()
      line.add("! \(failure.code.rawValue)", .failure)
      line.add(FailureWords.decided(failure), .failure, weight: 9)
      line.add(FailureWords.number(failure) ?? "", .dim, weight: 7)
      line.add(FailureWords.phase(failure.phase), .dim, weight: 6)
      return WeightedLine(Weight.failure, line)
    }
  }

  // MARK: What was agreed

  /// What the newest end of this side agreed on, the client's word before the server's.
  private func agreement(_ actors: [ActorID]) -> [WeightedLine] {
    let ends = lab.endOrder.filter { actors.contains($0.actor) }.compactMap { lab.ends[$0] }
      .filter { $0.tls.established != nil || $0.tls.verification != nil }
    guard let end = ends.last(where: { $0.side == .client }) ?? ends.last else { return [] }
    var suite = PartLine()
    if let agreed = end.tls.established {
      suite.add(agreed.suite, .encrypted)
      suite.add(
        [agreed.group, agreed.alpn].compactMap { $0 }.joined(separator: " \(glyphs.dot) "), weight: 8)
      if agreed.resumed { suite.add("resumed", .notice, weight: 7) }
    }
    let certificate = certificate(end)
    if width >= 60, end.tls.established != nil {
      if let certificate { suite.add(certificate, weight: 9) }
      return [WeightedLine(Weight.certificate, suite)]
    }
    var lines: [WeightedLine] = []
    if let certificate {
      var line = PartLine()
      line.add(certificate)
      lines.append(WeightedLine(Weight.certificate, line))
    }
    if end.tls.established != nil { lines.append(WeightedLine(Weight.agreed, suite)) }
    return lines
  }

  /// A server says something about its peer's certificate only where it asked for one.
  private func certificate(_ end: EndState) -> Line? {
    guard let verification = end.tls.verification else { return nil }
    let asked = end.tls.messagesSent.contains { $0.type == 13 }
    if end.side == .server, verification.chain.isEmpty, !asked { return nil }
    return VerifyWords.line(verification, side: end.side)
  }

  // MARK: Words

  private func words(_ end: EndState) -> EndWords {
    let isWaiting = end.side == .client && end.local.map { waiting.contains($0.unmapped) } == true
    return EndWords(end: end, kernel: sockets[end.id]?.state, isWaiting: isWaiting, glyphs: glyphs)
  }

  private func name(_ text: String, isMarked: Bool) -> Line {
    isMarked ? [Span(glyphs.marker + text, .notice)] : [Span(text, .strong)]
  }
}
