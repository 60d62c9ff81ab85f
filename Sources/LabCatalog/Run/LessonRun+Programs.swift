import LabCore
import LabFacts

extension LessonRun {
  /// So much longer than the program itself may run, so that its end is always seen.
  private static let graceMilliseconds = 5000

  /// Runs a program of the machine to its end.
  mutating func runProgram(_ actor: ActorID, _ run: Action.ProgramRun, _ lab: LabState) -> [Effect] {
    guard let kind = cast.settings(of: actor).program else { return [] }
    let order = ProgramOrder(
      kind: kind, arguments: run.arguments.map { fill($0, lab) }, trust: run.trust, personal: run.personal,
      limitMilliseconds: run.seconds.map { $0 * 1000 } ?? ProgramOrder.longestMilliseconds)
    journal.append(.did("\(actor) runs: \(Notation.escaped(order.commandLine))"))
    return [.runProgram(actor, order)]
      + begin(.settling(.program(actor)), milliseconds: order.limitMilliseconds + LessonRun.graceMilliseconds)
  }

  /// Steps that can't run on this machine are passed over, with the reason to be read. Answers whether some were.
  mutating func passOver() -> Bool {
    var reasons: [String] = []
    let first = stepIndex
    while let step, case let lacks = step.needs.lacks(abilities), !lacks.isEmpty {
      reasons += lacks.filter { !reasons.contains($0) }
      stepIndex += 1
    }
    guard stepIndex > first else { return false }
    let count = stepIndex - first
    stepIndex -= 1
    itemIndex = .max - 1
    pane = StepPane(phase: .read, title: "Not on this machine")
    pane.paragraphs =
      ["\(count == 1 ? "A step is" : "\(count) steps are") passed over: this can't run here."] + reasons
    journal += pane.paragraphs.map(JournalEntry.said)
    awaitAdvance()
    return true
  }
}
