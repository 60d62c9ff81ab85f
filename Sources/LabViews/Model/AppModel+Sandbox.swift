import LabCanvas
import LabCatalog
import LabCore
import LabFacts

extension AppModel {
  /// The sandbox is open, on top or beneath a card or a text.
  var isInSandbox: Bool { stack.contains(.sandbox) }

  /// From a card, on the program that failed.
  mutating func openSandbox(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard snapshot.replay == nil else {
      message = "A saved run has no programs to set up."
      return []
    }
    guard !isInSandbox else {
      stack.removeLast(stack.count - 1 - (stack.firstIndex(of: .sandbox) ?? 0))
      return []
    }
    var actor: ActorID?
    if case .card(let number, inDemo: false) = screen {
      actor = snapshot.lab.failures.elements.first { $0.number == number }?.actor
    }
    if case .card = screen { closeTop() }
    overlay = nil
    zoomed = false
    for pane in PaneID.ofSandbox { states[pane] = nil }
    connection = nil
    stack.append(.sandbox)
    return [.intent(.sandbox(.open(at: actor)))]
  }

  mutating func leaveSandbox() -> [AppCommand] {
    stack.removeAll { $0 == .sandbox }
    overlay = nil
    zoomed = false
    connection = nil
    for pane in PaneID.ofLesson where pane != .explain { states[pane] = nil }
    return [.intent(.sandbox(.close))]
  }

  /// Space: runs, after the question where it is asked first.
  mutating func runSandbox(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard let state = snapshot.sandbox?.state, !state.isRunning else { return [] }
    guard state.asksFirst else { return run(predicting: nil) }
    overlay = .prediction
    return []
  }

  /// The answer to the question before a run.
  mutating func predict(_ key: Key?) -> [AppCommand] {
    guard case .character(let letter) = key, SandboxOutcome.Kind(key: String(letter)) != nil else {
      return []
    }
    overlay = nil
    return run(predicting: String(letter))
  }

  mutating func run(predicting key: String?) -> [AppCommand] {
    overlay = nil
    states[.runs] = nil
    (states[.ladder], states[.wire], states[.errors], connection) = (nil, nil, nil, nil)
    return [.intent(.sandbox(.predict(key))), .intent(.sandbox(.run))]
  }

  mutating func toggleAsking(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard let state = snapshot.sandbox?.state else { return [] }
    message =
      state.asksFirst ? "Runs begin without a question." : "Before each run you are asked what you expect."
    return [.intent(.sandbox(.asksFirst(!state.asksFirst)))]
  }

  /// Enter: edits, breaks or opens what is chosen. Nothing where a lesson's pane has the focus.
  mutating func openInSandbox(_ snapshot: LabSnapshot) -> [AppCommand]? {
    guard let state = snapshot.sandbox?.state else { return [] }
    let rows = SandboxRows(state, self)
    switch focus {
    case .settings:
      guard let chosen = rows.chosenSetting(self), let place = state.place(chosen.actor.id) else { return [] }
      overlay = .typing(.setting, chosen.row.read(place))
    case .faults:
      guard let chosen = rows.chosenFault(self) else { return [] }
      return [.intent(.sandbox(.fault(chosen.actor.id, chosen.fault.name)))]
    case .runs: compareRuns(snapshot)
    case .tracks, .lessons, .about, .plain, .tls, .connections, .ladder, .wire, .explain, .errors, .happened,
      .advice, .address, .visitors, .theirs, .ours, .text:
      return nil
    }
    return []
  }

  /// What was typed for the chosen setting.
  mutating func setTyped(_ text: String, _ snapshot: LabSnapshot) -> [AppCommand] {
    overlay = nil
    guard let state = snapshot.sandbox?.state, let chosen = SandboxRows(state, self).chosenSetting(self)
    else {
      return []
    }
    return [.intent(.sandbox(.set(chosen.actor.id, setting: chosen.row.key, to: text)))]
  }

  /// a: rare settings too, or not.
  mutating func toggleAllSettings() {
    showsAllSettings.toggle()
    states[.settings] = nil
    message = showsAllSettings ? "All settings are shown." : "Everyday settings, and what says something."
  }

  /// Left and right turn through the values of the chosen setting.
  mutating func turnSetting(_ step: Int, _ snapshot: LabSnapshot) -> [AppCommand]? {
    guard screen == .sandbox, focus == .settings else { return nil }
    guard let state = snapshot.sandbox?.state, let chosen = SandboxRows(state, self).chosenSetting(self)
    else {
      return []
    }
    return [.intent(.sandbox(.turn(chosen.actor.id, setting: chosen.row.key, by: step)))]
  }

  /// The chosen run beside the one before it.
  mutating func compareRuns(_ snapshot: LabSnapshot) {
    guard let state = snapshot.sandbox?.state, let run = SandboxRows(state, self).chosenRun(self) else {
      message = "There is no run yet. Space runs."
      return
    }
    guard let before = state.runs.last(where: { $0.number < run.number }) else {
      message = "This is the first run: there is none before it to compare with."
      return
    }
    stack.append(.comparison(before.number, run.number))
  }

  /// What is typed, and what may be.
  func settingPrompt(_ text: String, _ snapshot: LabSnapshot) -> String {
    guard let state = snapshot.sandbox?.state, let chosen = SandboxRows(state, self).chosenSetting(self)
    else {
      return text
    }
    return
      "\(chosen.actor.id) \(chosen.row.label) (\(chosen.row.hint(snapshot.catalog, state.setup))): \(text)"
  }
}
