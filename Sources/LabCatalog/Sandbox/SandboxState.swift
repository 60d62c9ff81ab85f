package import LabCore
package import LabFacts

/// The sandbox as a value: its programs, every edit and every run. Sockets are elsewhere: `play` orders them.
package struct SandboxState: Equatable, Sendable {
  /// `SP2`, or a fresh pair.
  package let origin: String
  package let title: String
  package let base: SandboxSetup
  package let layout: Lesson.Layout
  package private(set) var setup: SandboxSetup
  package private(set) var undone: [SandboxSetup] = []
  package private(set) var past: [SandboxSetup] = []
  /// Newest last.
  package private(set) var runs: [SandboxRun] = []
  package private(set) var asksFirst = true
  package private(set) var prediction: SandboxOutcome.Kind?
  /// The client that outcomes and predictions are about: the one whose pair was edited last.
  package private(set) var subject: ActorID
  package private(set) var play: SandboxPlay?
  /// A word about the newest wish, where it needs one.
  package var note: String?

  /// Runs whose lab is kept, and runs kept at all.
  package static let labLimit = 8
  package static let runLimit = 50
  private static let editLimit = 200

  /// On a fresh plain and TLS pair.
  package init() {
    self.init(origin: "a fresh pair", title: "A fresh pair", setup: .fresh, layout: Lesson.Layout())
  }

  /// On a lesson's programs as they are set up by now, about the client of its newest connection.
  package init(_ run: LessonRun, in lab: LabState = LabState()) {
    var layout = run.lesson.layout
    layout.pane = nil
    self.init(
      origin: run.lesson.code, title: run.lesson.title, setup: SandboxSetup(ofLesson: run.presentActors),
      layout: layout, lab: lab)
  }

  private init(
    origin: String, title: String, setup: SandboxSetup, layout: Lesson.Layout, lab: LabState? = nil
  ) {
    self.origin = origin
    self.title = title
    self.layout = layout
    base = setup
    self.setup = setup
    let clients = setup.clients
    if let lab {
      let newest = lab.endOrder.last { end in clients.contains { $0.id == end.actor } }
      subject = newest?.actor ?? clients.first?.id ?? ""
    } else {
      subject = (clients.last { $0.transport == .tls } ?? clients.first)?.id ?? ""
    }
  }

  package var isRunning: Bool { play != nil }

  /// Is it about the same programs, as they were set up when it was opened?
  package func isAbout(_ other: SandboxState) -> Bool { origin == other.origin && base == other.base }

  /// Was anything done in it?
  package var isWorthKeeping: Bool { setup != base || !runs.isEmpty }

  /// What was to come of a run comes no more: its sockets are closed.
  package mutating func abandonRun() { play = nil }

  /// Left and opened again on the same programs, it is as it was: nobody's work is lost by a key.
  package func resumed(on fresh: SandboxState) -> SandboxState {
    guard isAbout(fresh), isWorthKeeping else { return fresh }
    var state = self
    state.abandonRun()
    state.note = "As you left it."
    return state
  }

  /// A lesson of these programs without steps: what panes ask for who stands where.
  package var lesson: Lesson {
    Lesson(
      id: "sandbox", code: origin, track: "", title: title, question: "", layout: layout, actors: setup.actors
    )
  }

  package func place(_ actor: ActorID) -> SandboxSetting.Place? {
    SandboxState.place(actor, in: setup)
  }

  static func place(_ actor: ActorID, in setup: SandboxSetup) -> SandboxSetting.Place? {
    setup.actor(actor).map {
      SandboxSetting.Place(settings: $0.settings, talk: setup.talks[actor] ?? SandboxSetup.Talk(then: .clean))
    }
  }

  /// Does this setting say anything, or did it at the start?
  package func says(_ row: SandboxSetting, at actor: ActorID) -> Bool {
    [setup, base].contains { SandboxState.place(actor, in: $0).map { !row.read($0).isEmpty } ?? false }
  }

  /// What differs from how it began.
  package var changes: [SandboxChange] { SandboxState.changes(from: base, to: setup) }

  /// What differs between two setups.
  package static func changes(from old: SandboxSetup, to new: SandboxSetup) -> [SandboxChange] {
    new.actors.flatMap { actor -> [SandboxChange] in
      guard let was = place(actor.id, in: old), let now = place(actor.id, in: new), was != now else {
        return []
      }
      var seen: Set<String> = []
      return SandboxSettings.all.compactMap { row in
        guard row.read(was) != row.read(now), seen.insert(row.key).inserted else { return nil }
        return SandboxChange(
          actor: actor.id, key: row.key, label: row.label, was: row.read(was), now: row.read(now),
          unset: row.unset)
      }
    }
  }

  /// Takes what a person wants. What belongs to sockets and files is the runtime's.
  package mutating func take(_ intent: SandboxIntent, _ catalog: Catalog) {
    note = nil
    switch intent {
    case .set(let actor, let key, let text): set(actor, key, text)
    case .turn(let actor, let key, let step): turn(actor, key, by: step, catalog)
    case .fault(let actor, let name): toggle(name, at: actor)
    case .predict(let key): prediction = key.flatMap { SandboxOutcome.Kind(key: $0) }
    case .asksFirst(let asks): asksFirst = asks
    case .undo: goBack()
    case .redo: goForward()
    case .open, .close, .run: break
    }
  }

  /// Begins a run; the lab must be empty.
  package mutating func begin(_ lab: LabState) -> [Effect] {
    var fresh = SandboxPlay(setup)
    let effects = fresh.begin(lab)
    play = fresh
    return effects
  }

  /// Takes what happened; `lab` is the state after it.
  package mutating func take(_ fact: Fact, _ lab: LabState) -> [Effect] {
    guard var current = play else { return [] }
    let effects = current.take(fact, lab)
    play = current
    if current.isOver { finish(lab) }
    return effects
  }

  private mutating func finish(_ lab: LabState) {
    play = nil
    let outcomes = setup.clients.map { SandboxOutcome($0, setup, in: lab) }
    let run = SandboxRun(
      number: (runs.last?.number ?? 0) + 1, setup: setup, subject: subject, changes: changes,
      prediction: prediction, outcomes: outcomes, lab: lab)
    prediction = nil
    runs = Array((runs + [run]).suffix(SandboxState.runLimit))
    let old = runs.count - SandboxState.labLimit
    for index in runs.indices.prefix(max(0, old)) { runs[index].lab = nil }
  }

  /// The subject follows what is edited.
  package mutating func look(at actor: ActorID) {
    guard let declaration = setup.actor(actor) else { return }
    if declaration.role == .client {
      subject = actor
    } else if setup.actor(subject)?.settings.connect?.server != actor,
      let client = setup.clients.first(where: { $0.settings.connect?.server == actor })
    {
      subject = client.id
    }
  }

  private mutating func set(_ actor: ActorID, _ key: String, _ text: String) {
    guard let declaration = setup.actor(actor), var place = place(actor),
      let row = SandboxSettings.row(key, for: declaration)
    else {
      note = "\(actor) has no setting \(key)."
      return
    }
    guard row.write(&place, text) else {
      note = "\(row.label) can't be \(Notation.escaped(String(text.prefix(40))))."
      return
    }
    if row.control == .servers,
      place.settings.connect.map({ setup.actor($0.server)?.role == .server }) != true
    {
      note = "There is no server \(Notation.escaped(String(text.prefix(40)))) here."
      return
    }
    change(actor, to: place)
  }

  private mutating func turn(_ actor: ActorID, _ key: String, by step: Int, _ catalog: Catalog) {
    guard let declaration = setup.actor(actor), let place = place(actor),
      let row = SandboxSettings.row(key, for: declaration)
    else { return }
    let options = row.options(catalog, setup)
    guard options.count > 1 || options.first?.isEmpty == false else {
      note = "Enter types a value for \(row.label)."
      return
    }
    let index = options.firstIndex(of: row.read(place)) ?? 0
    set(actor, key, options[(index + step + options.count) % options.count])
  }

  /// Gives a program other settings, as one step that can be undone.
  mutating func change(_ actor: ActorID, to place: SandboxSetting.Place) {
    guard let index = setup.actors.firstIndex(where: { $0.id == actor }) else { return }
    var next = setup
    next.actors[index].settings = place.settings
    if next.actors[index].role == .client { next.talks[actor] = place.talk }
    look(at: actor)
    guard next != setup else { return }
    past = Array((past + [setup]).suffix(SandboxState.editLimit))
    undone = []
    setup = next
  }

  private mutating func goBack() {
    guard let before = past.popLast() else {
      note = "There is nothing to undo."
      return
    }
    undone.append(setup)
    setup = before
  }

  private mutating func goForward() {
    guard let after = undone.popLast() else {
      note = "There is nothing to redo."
      return
    }
    past.append(setup)
    setup = after
  }
}
