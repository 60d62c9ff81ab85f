import LabCanvas
import LabCatalog
import LabFacts

/// The rows of the sandbox's own panes, in their order.
struct SandboxRows {
  struct Setting {
    let actor: ActorDeclaration
    let row: SandboxSetting
  }

  struct Fault {
    let actor: ActorDeclaration
    let fault: SandboxFault
  }

  let state: SandboxState
  /// Rare settings too.
  let all: Bool

  init(_ state: SandboxState, all: Bool) {
    self.state = state
    self.all = all
  }

  /// As a person has chosen to see them.
  init(_ state: SandboxState, _ model: AppModel) { self.init(state, all: model.showsAllSettings) }

  /// Everyday settings, and rare ones where they say something or did at the start.
  var settings: [Setting] {
    state.setup.actors.flatMap { actor in
      SandboxSettings.rows(for: actor)
        .filter { all || $0.isEveryday || state.says($0, at: actor.id) }
        .map { Setting(actor: actor, row: $0) }
    }
  }

  /// What can go wrong with the pair in question: its server first, what stands between them last.
  var faults: [Fault] {
    let client = state.setup.actor(state.subject)
    let server = client?.settings.connect.flatMap { state.setup.actor($0.server) }
    let proxy = client?.settings.via.flatMap { state.setup.actor($0.proxy) }
    let behind = server?.settings.relay?.allBackends.compactMap { state.setup.actor($0.target.server) } ?? []
    return ([server, client, proxy].compactMap { $0 } + behind).flatMap { actor in
      let began = state.base.actor(actor.id) ?? actor
      // What a fault took away with TLS can still be taken back.
      let all = SandboxFault.all(for: began)
      return all.map { Fault(actor: actor, fault: $0) }
    }
  }

  /// Newest first.
  var runs: [SandboxRun] { state.runs.reversed() }

  /// The first setting of the client in question.
  var firstSetting: Int { settings.firstIndex { $0.actor.id == state.subject } ?? 0 }

  func chosenSetting(_ model: AppModel) -> Setting? {
    let index = model[.settings].selection ?? firstSetting
    return settings.indices.contains(index) ? settings[index] : nil
  }

  func chosenFault(_ model: AppModel) -> Fault? {
    let index = model[.faults].selection ?? 0
    return faults.indices.contains(index) ? faults[index] : nil
  }

  func chosenRun(_ model: AppModel) -> SandboxRun? {
    let index = model[.runs].selection ?? 0
    return runs.indices.contains(index) ? runs[index] : nil
  }

  /// `* min   1.2   (was 1.3)`, without the mark.
  func words(_ setting: Setting) -> (value: String, was: String?) {
    guard let now = state.place(setting.actor.id) else { return ("", nil) }
    let value = shown(setting.row.read(now), setting.row)
    let change = state.changes.first { $0.actor == setting.actor.id && $0.key == setting.row.key }
    return (value, change.map { shown($0.was, setting.row) })
  }

  private func shown(_ text: String, _ row: SandboxSetting) -> String {
    text.isEmpty ? row.unset : Notation.escaped(text)
  }
}
