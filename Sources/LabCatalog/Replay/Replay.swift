package import LabCore
package import LabFacts

/// A saved run that is looked at again: facts and a cursor. No program runs and no socket is open.
package struct Replay: Equatable, Sendable {
  /// Where it comes from.
  package struct Source: Equatable, Sendable {
    /// The file, safe to print.
    package var file: String
    /// The lesson's id, and its code and title. Safe to print.
    package var lesson: String
    package var title: String
    /// Seconds since 1970 UTC; nothing where that is not known.
    package var began: Int64?
    /// The TLS library it ran with. Safe to print.
    package var engine: String
    /// Its programs are those of the lesson in the catalog: they stand where they stood.
    package var hasLesson = false
    /// Steps it went through, each with the place where it began.
    package var marks: [StepMark] = []

    package init(file: String, lesson: String, title: String, began: Int64? = nil, engine: String = "") {
      self.file = file
      self.lesson = lesson
      self.title = title
      self.began = began
      self.engine = engine
    }
  }

  package private(set) var source: Source
  private let log: FactLog
  private var look = LookBack()

  package init(_ source: Source, _ facts: [StampedFact], _ catalog: Catalog) {
    self.source = source
    log = facts.reduce(into: FactLog()) { $0.append($1) }
    let all = facts.reduce(into: LabState()) { Lab.reduce(&$0, $1) }
    let known = catalog.lesson(source.lesson).map { Set($0.actors.map(\.id)) } ?? []
    self.source.hasLesson = !known.isEmpty && known.isSuperset(of: all.actors)
    look.look(.first, in: log, source.marks)
  }

  /// Goes about in it. What would need a lab at work changes nothing.
  package mutating func take(_ intent: Intent) {
    switch intent {
    case .stepBack: look.move(by: -1, in: log)
    case .stepForward, .advance: look.move(by: 1, in: log)
    case .replay: look.look(.first, in: log, source.marks)
    case .look(let wish): look.look(wish, in: log, source.marks)
    case .openLesson, .resumeLesson, .closeLesson, .answer, .confidence, .skip, .hint, .move, .showSolution,
      .runFree, .goFast,
      .backToLive, .restart, .startDemo, .stopDemo, .keepDemoRunning, .reviewed, .checked, .sandbox, .quit:
      break
    }
  }

  /// What the screens show of it.
  package func snapshot(_ catalog: Catalog, _ environment: EnvironmentInfo, notices: [String] = [])
    -> LabSnapshot
  {
    var snapshot = LabSnapshot(
      catalog: catalog, lab: look.state ?? log.base,
      cursor: look.event == nil ? .past(event: 0, of: 0) : look.cursor(in: log),
      notices: notices, environment: environment)
    snapshot.moment = PastMoment(look, source.marks)
    snapshot.replay = source
    return snapshot
  }
}

extension LabState {
  /// Every program that did something.
  fileprivate var actors: Set<ActorID> {
    Set(servers.keys).union(endOrder.map(\.actor)).union(programs.keys)
  }
}

extension LabSnapshot {
  /// The lesson that says which program stands where: the open one, or the one that was saved.
  package var shownLesson: Lesson? {
    if let run { return run.lesson }
    guard let replay, replay.hasLesson else { return nil }
    return catalog.lesson(replay.lesson)
  }
}
