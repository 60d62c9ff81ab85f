import LabCore
import LabFacts

extension LessonRun {
  /// Does one action; what it has to wait for becomes the script's wait.
  mutating func act(_ action: Action, _ lab: LabState) -> [Effect] {
    switch action.verb {
    case .start(let actors, let wait, let allowError): start(actors, wait: wait, allowError: allowError, lab)
    case .stop(let actors): stop(actors, lab)
    case .send(let from, let payload): send(payload, from: from, lab)
    case .request(let from, let request):
      write(
        request.bytes, from: from, words: "sends \(request.method) \(request.path) \(request.version)", lab)
    case .close(let subject, let manner): close(subject, manner, lab)
    case .pause(let actors): setAccepting(actors, false)
    case .accept(let actors): setAccepting(actors, true)
    case .hold(let subjects): setGates(subjects, closed: true, lab)
    case .open(let subjects): setGates(subjects, closed: false, lab)
    case .release(let subject, let count): beginRelease(subject, count)
    case .carry(let subject): beginCarry(subject, lab)
    case .walk(let until): beginWalk(until, lab)
    case .waitFor(let condition, let milliseconds): waitFor(condition, milliseconds, lab)
    case .set(let actor, let changes): set(actor, changes)
    case .startTLS(let subject, let side, let settings, let place):
      startTLS(subject, side, settings, place, lab)
    case .stopTLS(let subject): stopTLS(subject, lab)
    case .hooks(let actor, let hooks): setHooks(actor, hooks)
    case .read(let subject, let maximum): read(at: subject, maximum, lab)
    case .fault(let subject, let faults): setFaults(at: subject, faults, lab)
    case .decrypt(let subject, let identity): tryKey(of: identity, on: subject, lab)
    case .run(let actor, let run): runProgram(actor, run, lab)
    }
  }

  /// Puts actions in front of those left: a list is done one by one, so that ends get their numbers in order.
  private mutating func first(_ actions: [Action]) {
    switch stage {
    case .performing(var script):
      script.actions = actions + script.actions
      stage = .performing(script)
    case .moving(var script):
      script.actions = actions + script.actions
      stage = .moving(script)
    case .idle, .reading, .asking, .sure, .bench, .over: break
    }
  }

  mutating func did(_ words: String) { journal.append(.did(words)) }

  private mutating func start(_ actors: [ActorID], wait: Bool, allowError: Bool, _ lab: LabState) -> [Effect]
  {
    guard actors.count <= 1 else {
      first(actors.map { Action(.start([$0], wait: wait, allowError: allowError)) })
      return []
    }
    guard let actor = actors.first, let role = cast.role(actor) else { return [] }
    let allowed = allowError || (script?.allowsErrors ?? false)
    switch role {
    case .server: return startServer(actor, wait: wait, allowError: allowed, lab)
    case .client: return startClient(actor, wait: wait, allowError: allowed, lab)
    }
  }

  private mutating func startServer(_ actor: ActorID, wait: Bool, allowError: Bool, _ lab: LabState)
    -> [Effect]
  {
    if lab.servers[actor]?.listening != nil {
      first([Action(.stop([actor])), Action(.start([actor], wait: wait, allowError: allowError))])
      return []
    }
    if let other = cast.settings(of: actor).portOf, cast.port(of: other) == nil {
      return impossible(
        Mismatch(
          subject: actor.rawValue, expected: "the port of \(other)", seen: "none, as \(other) never listened"),
        lab)
    }
    let start = cast.startOrder(actor)
    did("Start \(actor), \(start.words).")
    return [start.effect] + (wait ? settle(.listening(actor, allowError: allowError)) : [])
  }

  private mutating func startClient(_ actor: ActorID, wait: Bool, allowError: Bool, _ lab: LabState)
    -> [Effect]
  {
    guard let (end, order) = cast.connectOrder(actor) else {
      return impossible(
        Mismatch(
          subject: actor.rawValue, expected: "a server to connect to",
          seen: "none that ever listened"), lab)
    }
    did("Start \(actor): it connects to \(order.to).")
    guard wait else { return [.connect(end, order)] }
    let readiness: Settling.Readiness =
      order.transport == .tls && order.insistsOnStartTLS
      ? .established : order.via == nil && order.starttls == nil ? .opened : .tunnelled
    return [.connect(end, order)] + settle(.ready(end, readiness, allowError: allowError))
  }

  private mutating func stop(_ actors: [ActorID], _ lab: LabState) -> [Effect] {
    guard actors.count <= 1 else {
      first(actors.map { Action(.stop([$0])) })
      return []
    }
    guard let actor = actors.first else { return [] }
    if cast.role(actor) == .client {
      return Subject(actor.rawValue).map { close($0, .clean, lab) } ?? []
    }
    guard lab.servers[actor]?.listening != nil else { return [] }
    did("Stop \(actor).")
    return [.stopListening(actor)] + settle(.stopped(actor))
  }

  private mutating func send(_ payload: Action.Payload, from subject: Subject, _ lab: LabState) -> [Effect] {
    switch payload {
    case .text(let text):
      let filled = fill(text, lab)
      return write(Array(filled.utf8), from: subject, words: "sends \"\(Notation.escaped(filled))\"", lab)
    case .size(let count):
      let bytes = Action.pattern(count)
      return write(bytes, from: subject, words: "sends \(count) bytes", lab)
    case .bytes(let bytes):
      return write(
        bytes, from: subject, words: "sends \(bytes.count) bytes: \(Notation.hex(bytes.prefix(16)))", lab)
    }
  }

  private mutating func write(_ bytes: [UInt8], from subject: Subject, words: String, _ lab: LabState)
    -> [Effect]
  {
    guard let end = ends(of: subject, lab).last else { return nobody(subject, lab) }
    did("\(subject.text) \(words).")
    if lab.ends[end]?.isOver ?? false { return [.send(end, bytes)] }
    return [.send(end, bytes)] + settle(.sent(end))
  }

  private mutating func close(_ subject: Subject, _ manner: CloseManner, _ lab: LabState) -> [Effect] {
    let ends = ends(of: subject, lab).filter { !(lab.ends[$0]?.isOver ?? false) }
    guard let end = ends.first else { return [] }
    if ends.count > 1 {
      first(ends.compactMap { Subject(Subject.path($0)) }.map { Action(.close($0, manner)) })
      return []
    }
    did("\(subject.text) closes (\(manner.rawValue)).")
    return [.close(end, manner)] + settle(.closed(end))
  }

  private mutating func setAccepting(_ actors: [ActorID], _ accepting: Bool) -> [Effect] {
    guard actors.count <= 1 else {
      first(actors.map { Action(accepting ? .accept([$0]) : .pause([$0])) })
      return []
    }
    guard let actor = actors.first else { return [] }
    did(accepting ? "\(actor) calls accept() again." : "\(actor) stops calling accept().")
    return [.setAccepting(actor, accepting)] + settle(.accepting(actor, accepting))
  }

  private mutating func setGates(_ subjects: [Subject], closed: Bool, _ lab: LabState) -> [Effect] {
    let names = subjects.map(\.text).joined(separator: ", ")
    did("\(closed ? "Close" : "Open") the gate\(subjects.count == 1 ? "" : "s") of \(names).")
    for subject in subjects where subject.which == .itself { cast.setGate(subject.actor, closed: closed) }
    let ends = subjects.flatMap { allEnds(of: $0, lab) }.filter { lab.ends[$0]?.isOver == false }
    let moved = ends.filter { lab.ends[$0]?.gateClosed != closed }
    guard !moved.isEmpty else { return [] }
    return moved.map { .setGate($0, closed: closed) } + settle(.gates(moved))
  }

  private mutating func waitFor(_ condition: Condition, _ milliseconds: Int, _ lab: LabState) -> [Effect] {
    did("Wait until \(condition.sentence).")
    return begin(.condition(condition), asking: [condition], milliseconds: milliseconds)
      + checkConditions(lab)
  }

  private mutating func set(_ actor: ActorID, _ changes: ActorSettings) -> [Effect] {
    cast.change(actor, changes)
    did("Change \(actor) for its next start.")
    return []
  }

  private mutating func startTLS(
    _ subject: Subject, _ side: Side, _ settings: ActorSettings, _ place: TLSPlace, _ lab: LabState
  ) -> [Effect] {
    guard let end = ends(of: subject, lab).last else { return nobody(subject, lab) }
    did("\(subject.text) begins a handshake as the \(side.rawValue).")
    let effect = Effect.startTLS(end, side, settings.tlsOptions(side), place)
    return [effect] + settle(.tlsStarted(end))
  }

  private mutating func stopTLS(_ subject: Subject, _ lab: LabState) -> [Effect] {
    guard let end = ends(of: subject, lab).last else { return nobody(subject, lab) }
    did("\(subject.text) takes TLS off.")
    return [.stopTLS(end)] + settle(.tlsStopped(end))
  }

  private mutating func setHooks(_ actor: ActorID, _ hooks: [ByteHook]) -> [Effect] {
    did("Change what \(actor) does to bytes.")
    return [.setHooks(actor, hooks)] + settle(.hooks(actor))
  }

  mutating func nobody(_ subject: Subject, _ lab: LabState) -> [Effect] {
    impossible(Mismatch(subject: subject.text, expected: "a connection to use", seen: "none yet"), lab)
  }

  /// An action that can't be done now. A learner may try such moves; a lesson's own steps may not.
  mutating func impossible(_ mismatch: Mismatch, _ lab: LabState) -> [Effect] {
    guard script?.purpose == .move else { return differ([mismatch]) }
    return cancelTimers()
      + moveMissed(lab, "That needs \(mismatch.expected): \(mismatch.subject) has \(mismatch.seen).")
  }

  /// The ends a subject names now; a client's own newest one also before the lab has heard of it.
  func ends(of subject: Subject, _ lab: LabState) -> [EndID] {
    switch subject.which {
    case .itself:
      cast.role(subject.actor) == .client
        ? [cast.newestEnd(subject.actor)].compactMap { $0 } : lab.ends(of: subject.actor).map(\.id)
    case .numbered(let number): [EndID(subject.actor, number)]
    case .last: [lab.newestEnd(of: subject.actor)?.id].compactMap { $0 }
    case .all: lab.ends(of: subject.actor).map(\.id)
    }
  }

  private func allEnds(of subject: Subject, _ lab: LabState) -> [EndID] {
    subject.which == .itself ? lab.ends(of: subject.actor).map(\.id) : ends(of: subject, lab)
  }
}
