package import LabCore
package import LabFacts

/// Facts in one line of words each: the status line and the plain mode print them.
package enum EventWords {
  /// `#3 srv accepted a connection from 127.0.0.1:43804 (plain)`; nothing for what is only counted.
  package static func line(_ stamped: StampedFact, in lab: LabState) -> String? {
    sentence(stamped.fact, in: lab).map { "#\(stamped.number) \($0)" }
  }

  /// The newest event that has words.
  package static func newest(in lab: LabState) -> String? { lab.lastStep.flatMap { line($0, in: lab) } }

  /// The same without its number.
  package static func sentence(_ fact: Fact, in lab: LabState) -> String? {
    switch fact {
    case .listening(let actor, let listening): "\(actor) \(listens(listening))"
    case .stoppedListening(let actor): "\(actor) stopped listening"
    case .actorFailed(let actor, let failure):
      lab.servers[actor]?.listening == nil
        ? "\(actor) could not start: \(verdict(failure))"
        : "\(actor) goes on without its certificate: \(verdict(failure))"
    case .acceptingChanged(let actor, let accepting):
      "\(actor) "
        + (accepting ? "calls accept() again" : "stopped calling accept(): the kernel queues what comes")
    case .acceptFailed(let actor, let failure): "\(actor) could not accept: \(verdict(failure))"
    case .weakened(let actor, let codes):
      "\(actor) forgives verify \(list(codes)): it proves less than it seems"
    case .hooksChanged(let actor, let hooks): "\(actor) \(HookWords.all(hooks))"
    case .programStarted(let actor, let order): "\(actor) runs: \(Notation.escaped(order.commandLine))"
    case .programEnded(let actor, let end):
      "\(actor) \(ProgramWords.ended(end, netError: lab.programs[actor]?.netError))"
    case .drained(let actor): "\(actor) has no connection left and takes no more"
    case .resolved(let end, let asked, let addresses):
      "\(name(end, lab)) looked up \(asked): \(addresses.joined(separator: ", "))"
    case .relayed(let end, let other): "\(name(end, lab)) is relayed to \(name(other, lab))"
    case .dialogue(let end, let direction, let line):
      "\(name(end, lab)) \(direction == .sent ? "said" : "heard") \"\(line)\""
    case .hooked(let end, let hook, let before, let after): hooked(name(end, lab), hook, before, after)
    case .tlsStopped(let end): "\(name(end, lab)) took TLS off and goes on beneath it"
    case .connecting(let end, let connecting): "\(name(end, lab)) connects to \(connecting.to)"
    case .opened(let end, let opening): opened(end, opening, lab)
    case .data(let end, let direction, let bytes): data(name(end, lab), direction, bytes)
    case .read(let end, .once(let count)): "\(name(end, lab)) asked its socket once: \(bytes(count))"
    case .read(let end, .always): "\(name(end, lab)) reads by itself from now on"
    case .faultsChanged(let end, let faults): "\(name(end, lab)) \(FaultWords.all(faults))"
    case .keyTried(let end, let identity, let reading):
      "recorded \(name(end, lab)): \(KeyWords.tried(identity, reading))"
    case .faultStruck(let end, let fault): "\(name(end, lab)) \(FaultWords.past(fault))"
    case .halfClosed(let end, let direction):
      "\(name(end, lab)) \(direction == .sent ? "closed its sending half" : "got the end of the stream")"
    case .closed(let end, let closing): "\(name(end, lab)) \(FailureWords.closing(closing))"
    case .failed(let end, let failure): "\(name(end, lab)) failed: \(verdict(failure))"
    case .message(let end, let direction, let message):
      "\(name(end, lab)) \(direction.rawValue) \(message.name), \(bytes(message.length))"
    case .alert(let end, let direction, let alert):
      "\(name(end, lab)) \(direction.rawValue) \(FailureWords.alert(alert))"
    case .established(let end, let agreed):
      "\(name(end, lab)) is done: \(agreed.versionName), \(agreed.suite)"
    case .verified(let end, let verification):
      verified(name(end, lab), verification, side: lab.ends[end]?.side ?? .client)
    case .held(let end, let title, let waiting):
      "\(name(end, lab)) holds \(title) at its gate" + (waiting > 0 ? ", \(waiting) more held" : "")
    case .released(let end, let title, let waiting):
      "\(name(end, lab)) let \(title) go" + (waiting > 0 ? ", \(waiting) still held" : "")
    case .http(let end, let exchange):
      "\(name(end, lab)) answered \(exchange.method) \(exchange.target) with \(exchange.status)"
    case .ready, .tlsStarted, .wire, .traffic, .tlsState, .ticket, .keyLogged, .gateChanged, .kernel,
      .portRange,
      .timerFired, .wiped:
      nil
    }
  }

  /// `cli1`, `srv #3`, or the program where no connection exists.
  package static func who(_ end: EndID?, _ actor: ActorID, _ lab: LabState) -> String {
    end.map { lab.name(of: $0) } ?? actor.rawValue
  }

  private static func name(_ end: EndID, _ lab: LabState) -> String { lab.name(of: end) }

  private static func listens(_ listening: Fact.Listening) -> String {
    let wanted = listening.preferredPort.map { ", \($0) was taken" } ?? ""
    return "listens on \(listening.endpoint) (\(listening.transport.rawValue))\(wanted)"
  }

  private static func opened(_ end: EndID, _ opening: Fact.Opening, _ lab: LabState) -> String {
    switch opening.side {
    case .server: "\(name(end, lab)) accepted \(opening.peer) (\(opening.transport.rawValue))"
    case .client: "\(name(end, lab)) is connected: \(opening.local) to \(opening.peer)"
    }
  }

  private static func data(_ name: String, _ direction: Direction, _ data: Bytes) -> String {
    guard !data.kept.isEmpty else { return "\(name) \(direction.rawValue) \(bytes(data.total))" }
    let text = data.text
    let shown = text.count > 60 ? "\(text.prefix(60))..." : text
    return "\(name) \(direction.rawValue) \(bytes(data.total)): \"\(shown)\""
  }

  private static func verified(_ name: String, _ verification: Verification, side: Side) -> String {
    guard let leaf = verification.chain.first else { return "\(name) saw no certificate" }
    return "\(name) judged \(leaf.subject): \(VerifyWords.verdict(verification, side: side))"
  }

  /// `addr-in-use, decided by the kernel`.
  private static func verdict(_ failure: Failure) -> String {
    "\(failure.code.rawValue), \(FailureWords.decided(failure))"
  }

  private static func hooked(_ name: String, _ hook: ByteHook, _ before: Bytes, _ after: Bytes) -> String {
    guard before != after else { return "\(name) passes \(bytes(before.total)): \"\(before.text)\"" }
    return "\(name) \(HookWords.past(hook)): \"\(before.text)\" became \"\(after.text)\""
  }

  private static func list(_ codes: [Int]) -> String { codes.map(String.init).joined(separator: ", ") }

  private static func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }
}
