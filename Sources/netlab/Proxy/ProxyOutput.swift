import LabCore
import LabFacts
import LabRuntime
import LabViews

/// What relays print: a server's log, and what hooks saw.
final class ProxyOutput: Sendable {
  private let flags: ServeLogFlags
  private let output: ServeOutput
  /// A relay on stdio alone is part of another program's work: it tells of trouble only, unless asked.
  private let isDiscreet: Bool

  init(_ flags: ServeLogFlags, _ relays: [ProxySession.Relay]) {
    self.flags = flags
    var titles: [(actor: ActorID, title: String)] = []
    for relay in relays {
      let name = relay.plan.input.nickname.map { "\($0), " } ?? ""
      titles.append((relay.actor, name + relay.plan.title))
      titles.append((relay.actor.backend, name + "to the backend"))
    }
    output = ServeOutput(flags, titles: titles)
    isDiscreet = flags.style.level == 0 && relays.allSatisfy { $0.pump != nil }
  }

  /// One fact, in the order they came.
  func take(_ stamped: StampedFact, _ lab: LabState) {
    switch stamped.fact {
    case .hooked, .hooksChanged:
      guard !flags.json, !flags.quiet else { return output.take(stamped) }
      if let words = EventWords.sentence(stamped.fact, in: lab) { ServeOutput.tell(words) }
    case .failed: output.take(stamped)
    default: if !isDiscreet { output.take(stamped) }  // the log chooses among all other facts
    }
  }

  func showTable() { output.showTable() }

  /// The summary at the end.
  func end() { if !isDiscreet { output.end() } }
}
