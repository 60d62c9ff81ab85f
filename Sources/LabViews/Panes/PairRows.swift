import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The lines of one half of the lesson, each with its weight in the fight for room.
struct PairRows {
  let context: PaneContext
  let width: Int
  /// The kernel's row of each end.
  let sockets: [EndID: KernelSocket]
  /// Both local and remote endpoints of what waits for accept().
  private let waiting: Set<Endpoint>
  let highlighted: Highlighted
  /// In a *try*: whom the goal is about.
  private let goal: Set<ActorID>
  /// These, and the servers they are connected to.
  private let wanted: Set<ActorID>

  enum Weight {
    /// What was done last is always in sight, its answer soon after.
    static let newestClient = 1010
    static let server = 1000
    static let failure = 900
    static let held = 880
    static let remark = 890
    static let idleServer = 820
    static let accepted = 800
    /// The row of the client whose agreement stands below: without it nobody would know whose that is.
    static let agreedClient = 790
    static let certificate = 780
    static let agreed = 700
    static let client = 600
    static let idle = 300
    /// Added to the lines of a client or a program that the lesson points at: what it said comes before the
    /// quiet ones, too.
    static let pointedAt = 350
    /// Added to the lines of one that the goal of a *try* is about: above the newest. Of a server, to its row alone.
    static let wanted = 450
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
    goal = context.run?.beforeTry?.wanted ?? []
    wanted = PairRows.wanted(goal, context.lab)
  }

  var lab: LabState { context.lab }
  var glyphs: Glyphs { context.glyphs }

  func all(of actors: [ActorID]) -> [WeightedLine] {
    let idle = actors.filter(isIdle)
    let begun = actors.filter { !idle.contains($0) }
    let servers = begun.filter(isServer)
    let programs = begun.filter { lab.programs[$0] != nil }
    let clients = begun.filter { !isServer($0) && lab.programs[$0] == nil }
    let newest = newestClient(clients)
    let ran = programs.enumerated().flatMap { place, actor in
      raised(
        actor, lab.programs[actor].map { program(actor, $0, weight: Weight.newestClient - place) } ?? [])
    }
    let agreed = agreed(begun)
    return servers.flatMap { raisedRow($0, server($0)) } + ran
      + clients.enumerated().flatMap { place, actor in
        let quiet = actor == agreed?.id.actor ? Weight.agreedClient : Weight.client + place
        return raised(actor, client(actor, weight: actor == newest ? Weight.newestClient : quiet))
      }
      + (agreed.map { agreement($0, begun) } ?? []) + notStarted(idle)
  }

  private func raised(_ actor: ActorID, _ lines: [WeightedLine]) -> [WeightedLine] {
    let isPointedAt = highlighted.has(actor: actor) || highlighted.has(lab.newestEnd(of: actor)?.id)
    let bonus = isWanted(actor) ? Weight.wanted : isPointedAt ? Weight.pointedAt : 0
    return lines.map { row in
      var row = row
      row.weight += bonus
      return row
    }
  }

  private func raisedRow(_ actor: ActorID, _ lines: [WeightedLine]) -> [WeightedLine] {
    isWanted(actor) ? raised(actor, Array(lines.prefix(1))) + lines.dropFirst() : lines
  }

  private func isWanted(_ actor: ActorID) -> Bool { wanted.contains(actor) }

  private static func wanted(_ goal: Set<ActorID>, _ lab: LabState) -> Set<ActorID> {
    let servers = goal.compactMap { lab.newestEnd(of: $0) }.compactMap { end in
      lab.connection(of: end.id)?.server?.actor
    }
    return goal.union(servers)
  }

  /// Has it done nothing yet, not even failed?
  private func isIdle(_ actor: ActorID) -> Bool {
    guard lab.newestEnd(of: actor) == nil, lab.programs[actor] == nil else { return false }
    return isServer(actor)
      ? lab.servers[actor] == nil : !lab.failures.elements.contains { $0.actor == actor && $0.end == nil }
  }

  /// `not started: cli1 cli2 +2`, in one line: what has happened needs the room.
  private func notStarted(_ actors: [ActorID]) -> [WeightedLine] {
    guard !actors.isEmpty else { return [] }
    let head = "not started:"
    // What a lesson points at is named, whoever else is not.
    let marked = actors.filter { highlighted.has(actor: $0) }
    let names = (marked + actors.filter { !marked.contains($0) }).map { actor in
      (marked.contains(actor) ? glyphs.marker : "") + actor.rawValue
    }
    var shown = names.count
    func rest() -> String { shown < names.count ? " +\(names.count - shown)" : "" }
    while shown > 1, names.prefix(shown).reduce(head.count + rest().count, { $0 + 1 + $1.count }) > width {
      shown -= 1
    }
    var line = PartLine(head, .dim)
    line.gap = 1
    line.add(
      Line(
        names.prefix(shown).enumerated().map { place, name in
          Span((place == 0 ? "" : " ") + name, place < marked.count ? .notice : .dim)
        } + (shown < names.count ? [Span(rest(), .dim)] : [])))
    return [WeightedLine(marked.isEmpty ? Weight.idle : Weight.held, line)]
  }

  private func isServer(_ actor: ActorID) -> Bool {
    context.lesson?.actor(actor).map { $0.role == .server } ?? (lab.servers[actor] != nil)
  }

  private func newestClient(_ clients: [ActorID]) -> ActorID? {
    lab.endOrder.last { clients.contains($0.actor) }?.actor ?? clients.first
  }

  private func server(_ actor: ActorID) -> [WeightedLine] {
    var line = PartLine()
    line.gap = width < 40 ? 1 : 2
    line.add(name(actor.rawValue, isMarked: highlighted.has(actor: actor)))
    let state = lab.servers[actor]
    if let listening = state?.listening {
      describe(listening, isAccepting: state?.accepting ?? true, &line)
    } else if let failure = state?.failures.last {
      line.add("! \(failure.code.rawValue)", .failure)
      line.add(FailureWords.decided(failure), .failure, weight: 5)
      line.add(FailureWords.when(failure), .dim, weight: 4)
    } else {
      line.add("stopped", .dim)
    }
    // Who has no client yet stands back behind those that have, and behind what clients said.
    let isIdle = state?.listening != nil && lab.ends(of: actor).isEmpty && !highlighted.has(actor: actor)
    let rank = isIdle ? Weight.idleServer : Weight.server
    return [WeightedLine(rank, line)] + serverRemarks(state) + accepted(actor)
  }

  /// What has no room beside a server's address stands below it.
  private func serverRemarks(_ state: ServerState?) -> [WeightedLine] {
    guard width < 60, let state, let listening = state.listening else { return [] }
    var lines: [WeightedLine] = []
    if let wanted = listening.preferredPort {
      let words = PartLine("  \(wanted) was taken: the kernel chose", .notice)
      lines.append(WeightedLine(Weight.remark, words, isDetail: true))
    }
    if !state.accepting {
      lines.append(WeightedLine(Weight.remark, PartLine("  accept paused", .notice), isDetail: true))
    }
    return lines
  }

  private func describe(_ listening: Fact.Listening, isAccepting: Bool, _ line: inout PartLine) {
    line.add("LISTEN \(listening.endpoint)")
    if width >= 60 {
      if let wanted = listening.preferredPort { line.add("(\(wanted) taken)", .notice, weight: 9) }
      if !isAccepting { line.add("accept paused", .notice, weight: 8) }
    }
    let queue = queue(listening)
    // The descriptor is worth less than the queue: it never stands in its place.
    let room = width - line.fit(.max, glyphs).width - line.gap
    guard let form = queue.forms.first(where: { $0.count <= room }) else { return }
    line.add(form, queue.waiting > 0 ? .notice : .text, weight: 7)
    if let descriptor = listening.descriptor { line.add("fd \(descriptor)", .dim, weight: 1) }
  }

  /// How many wait for accept(), in words of two lengths.
  private func queue(_ listening: Fact.Listening) -> (waiting: Int, forms: [String]) {
    let row = lab.kernel?.sockets.first { $0.state == .listen && $0.local == listening.endpoint }
    guard let row else { return (0, ["backlog \(listening.backlog)"]) }
    let backlog = row.sendQueue > 0 ? row.sendQueue : listening.backlog
    return (row.receiveQueue, ["queue", "q"].map { "\($0) \(row.receiveQueue)/\(backlog)" })
  }

  /// Quiet ends share lines, newest first; one in trouble, in a handshake or held has a line of its own.
  private func accepted(_ actor: ActorID) -> [WeightedLine] {
    var lines: [WeightedLine] = []
    var packed: Line = []
    func flush() {
      guard !packed.isEmpty else { return }
      var line = PartLine()
      line.add([Span("\(glyphs.branch) ", .dim)] + packed)
      lines.append(WeightedLine(Weight.accepted - lines.count, line, isDetail: true))
      packed = []
    }
    for end in lab.ends(of: actor).reversed() {
      let piece = acceptedPiece(end)
      if isQuiet(end) {
        if !packed.isEmpty, packed.width + 2 + piece.width > width - 2 { flush() }
        packed += (packed.isEmpty ? [] : [Span("  ")]) + piece
      } else {
        flush()
        lines += loud(end)
      }
    }
    flush()
    return lines
  }

  private func acceptedPiece(_ end: EndState) -> Line {
    let isUp = end.phase == .open && end.tls.established != nil
    let kernel = isUp ? sockets[end.id].map { " \($0.state.name)" } ?? "" : ""
    return acceptedName(end) + [Span(kernel + " "), words(end).state]
  }

  /// `#3 ↔ 43804`.
  private func acceptedName(_ end: EndState) -> Line {
    let peer = end.peer.map { !$0.isUnix ? "\($0.port)" : $0.pipeName ?? "unix" } ?? "?"
    return [
      Span("#\(end.id.ordinal) \(glyphs.marks.pair) \(peer)", highlighted.has(end.id) ? .notice : .text)
    ]
  }

  private func isQuiet(_ end: EndState) -> Bool {
    end.failures.isEmpty && end.held.isEmpty && (end.tls.established != nil || !end.tls.started || end.isOver)
  }

  private func loud(_ end: EndState) -> [WeightedLine] {
    let words = words(end)
    var line = PartLine()
    line.add([Span("\(glyphs.branch) ", .dim)] + acceptedName(end))
    line.add([words.state], weight: 7)
    line.add(words.held ?? "", .notice, weight: 9)
    line.add(words.remark ?? "", .dim, weight: 5)
    let rank = end.held.isEmpty ? Weight.accepted : Weight.held
    let isGoals = goal.contains(end.id.actor) && end.id == lab.newestEnd(of: end.id.actor)?.id
    return [WeightedLine(rank, line, isDetail: true)]
      + failures(end, weight: isGoals ? Weight.newestClient : 0)
  }

  func words(_ end: EndState) -> EndWords {
    let isWaiting = end.side == .client && end.local.map { waiting.contains($0.unmapped) } == true
    return EndWords(end: end, kernel: sockets[end.id]?.state, isWaiting: isWaiting, glyphs: glyphs)
  }

  func name(_ text: String, isMarked: Bool) -> Line {
    isMarked ? [Span(glyphs.marker + text, .notice)] : [Span(text, .strong)]
  }
}
