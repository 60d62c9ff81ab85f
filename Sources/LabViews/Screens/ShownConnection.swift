import LabCatalog
import LabCore
import LabFacts

/// Which connection ladder and wire show.
enum ShownConnection {
  /// The person's choice, else the one that the step or the sandbox's run is about. Nothing: the panes choose.
  static func of(_ model: AppModel, _ snapshot: LabSnapshot) -> Connection? {
    if let end = model.connection { return snapshot.lab.connection(of: end) }
    if model.isInSandbox { return ofSandbox(snapshot) }
    guard let run = snapshot.run else { return nil }
    if let highlight = run.highlight { return pointedAt(highlight, snapshot.lab) }
    return run.beforeTry.flatMap { ofTry($0, snapshot.lab) }
  }

  /// What the run is about: that is the pair whose outcome was predicted.
  private static func ofSandbox(_ snapshot: LabSnapshot) -> Connection? {
    guard let state = snapshot.sandbox?.state else { return nil }
    let subject = state.isRunning ? state.subject : state.runs.last?.subject
    return subject.flatMap { snapshot.lab.newestEnd(of: $0) }.flatMap { snapshot.lab.connection(of: $0.id) }
  }

  private static func pointedAt(_ highlight: Highlight, _ lab: LabState) -> Connection? {
    let pairs = highlight.of.flatMap { ends(of: $0, lab) }.compactMap { lab.connection(of: $0.id) }
    if highlight.pane == .ladder || highlight.pane == .wire { return pairs.first }
    // Beside another pane the newest one will do, if the step is about it.
    return PaneConnection.newest(lab).map(pairs.contains) ?? true ? nil : pairs.last
  }

  /// Of a server itself, its newest end.
  private static func ends(of subject: Subject, _ lab: LabState) -> [EndState] {
    let own = lab.ends(of: subject)
    guard own.isEmpty, subject.which == .itself else { return own }
    return [lab.newestEnd(of: subject.actor)].compactMap(\.self)
  }

  /// In a *try*: what the newest move connected, the client before all that the goal is about. Until then what the
  /// step before showed.
  private static func ofTry(_ before: BeforeTry, _ lab: LabState) -> Connection? {
    var end = lab.endOrder.count
    for start in before.ends.reversed() where start < end {
      let made = lab.endOrder[start..<end].compactMap { lab.connection(of: $0) }
      let wanted = made.first { $0.client.map { before.wanted.contains($0.actor) } ?? false }
      if let shown = wanted ?? made.first { return shown }
      end = start
    }
    return before.highlight.flatMap { pointedAt($0, lab) }
  }
}
