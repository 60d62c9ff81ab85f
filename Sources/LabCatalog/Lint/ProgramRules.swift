import LabCore
import LabFacts

/// L15: programs of the machine are run, nothing else is, and a step says which program it needs.
enum ProgramRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    lesson.steps.flatMap { step in step.actions.flatMap { check($0, step, lesson) } }
  }

  private static func check(_ action: Action, _ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    guard case .run(let actor, _) = action.verb else {
      return action.subjects.filter { lesson.actor($0.actor)?.settings.program != nil }.map {
        lesson.problem("L15", at: action.place, "`\($0.actor)` is a program: use `run` or `visit`.")
      }
    }
    guard let declared = lesson.actor(actor) else { return [] }
    guard let program = declared.settings.program else {
      return [lesson.problem("L15", at: action.place, "`\(actor)` is no program of the machine.")]
    }
    guard !step.needs.programs.contains(program) else { return [] }
    return [
      lesson.problem(
        "L15", at: step.place, "Step `\(step.id)` runs \(program.rawValue) and does not require it.",
        help: "Write `requires: { program: \(program.rawValue) }`.")
    ]
  }
}
