import LabCore
import LabFacts

extension LessonRun {
  /// A question about a row is asked once that row is there: the kernel's table is read anew for it.
  mutating func askPoint(_ question: Question, _ target: PointTarget, _ lab: LabState) -> [Effect] {
    pane.question = nil
    pending = question
    guard target.pane == .connections else { return openPoint(lab) }
    let shown = Condition(.fact("kernel.state", of: [target.target.text], [.holds]))
    return run(Script(actions: [], expect: [shown], purpose: .question), lab)
  }

  /// Asks the question that waited for its row.
  mutating func openPoint(_ lab: LabState) -> [Effect] {
    guard var question = pending, case .point(let target) = question.form else { return [] }
    pending = nil
    question.options = PointRows.options(target, lab)
    rightAnswer = PointRows.right(target, lab)
    guard !rightAnswer.isEmpty else {
      let what = target.message.map { "a row with \($0)" } ?? "a row"
      return differ([
        Mismatch(
          subject: target.target.text, expected: "\(what) in the pane \(target.pane.rawValue)",
          seen: question.options.isEmpty ? "no rows" : "\(question.options.count) other rows")
      ])
    }
    open(question)
    return []
  }
}
