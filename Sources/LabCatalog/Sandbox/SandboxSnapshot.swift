package import LabCore

/// The sandbox as the screens show it: what is set up, and its lab.
package struct SandboxSnapshot: Equatable, Sendable {
  package var state: SandboxState
  package var lab: LabState

  package init(state: SandboxState, lab: LabState = LabState()) {
    self.state = state
    self.lab = lab
  }
}

extension LabSnapshot {
  /// The same with the sandbox's lab in the place of the lesson's: what the panes, cards and commands show
  /// while the sandbox is open.
  package var inSandbox: LabSnapshot {
    guard let sandbox else { return self }
    var copy = self
    copy.lab = sandbox.lab
    copy.run = LessonRun(lesson: sandbox.state.lesson, catalog: catalog)
    copy.cursor = .live
    copy.runsFree = false
    return copy
  }
}
