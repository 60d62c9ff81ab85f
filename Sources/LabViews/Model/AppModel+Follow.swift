package import LabCatalog

extension AppModel {
  /// What of the newest snapshot has been taken in.
  struct Seen: Equatable, Sendable {
    var lesson: String?
    var step: Int?
    var finished = false
    var question: String?
    /// Hints of this step that have been shown.
    var hints = 0
    /// Has this step asked something? Rows are moved to for its answer, then.
    var hasAsked = false
  }

  /// Takes in a new snapshot: a new step starts at the top of its text, points at what it is about, and
  /// forgets half-given answers.
  package mutating func follow(_ snapshot: LabSnapshot) {
    followPreview(snapshot)
    offerReview(snapshot)
    guard let run = snapshot.run else {
      if seen.lesson != nil, stack.contains(.lesson), seen.step != nil { leaveLesson() }
      seen = Seen()
      return
    }
    // The same lesson begins anew after its end.
    if seen.lesson != run.lesson.id || seen.finished && run.result == nil { beginLesson(run) }
    let isNewStep = seen.step != run.stepIndex
    if isNewStep { beginStep(run) }
    if run.result != nil, !seen.finished { endLesson() }
    if run.pane.hints.count > (isNewStep ? 0 : seen.hints) { self[.explain].followsNews = true }
    let asked = openQuestion(run)
    // A wrong answer asks the same one again, with another list of what was tried.
    let question = asked.map { "\($0.kind) \(run.stepIndex) \(run.itemIndex)" }
    if let asked, question != seen.question { beginQuestion(asked, snapshot) }
    seen = Seen(
      lesson: run.lesson.id, step: run.stepIndex, finished: run.result != nil, question: question,
      hints: run.pane.hints.count, hasAsked: question != nil || seen.hasAsked && !isNewStep)
  }

  /// Once, before anything else has been asked for.
  private mutating func offerReview(_ snapshot: LabSnapshot) {
    guard !isReviewOffered, overlay == nil, screen == .catalog, snapshot.run == nil else { return }
    let due = snapshot.catalog.due(snapshot.progress, on: snapshot.today).count
    guard due > 0 else { return }
    isReviewOffered = true
    overlay = .review(due)
  }

  private mutating func beginLesson(_ run: LessonRun) {
    for pane in PaneID.ofLesson { states[pane] = nil }
    (zoomed, rawHex, filter, picked, connection, growth) = (false, false, "", [], nil, [:])
    watch = nil
    if !stack.contains(.lesson) { stack.append(.lesson) }
    focusOf[PaneID.plain] = .explain
    tab = .explain
  }

  private mutating func beginStep(_ run: LessonRun) {
    picked = []
    states[.explain] = nil
    if seen.hasAsked || run.phase == .run { forgetRows() }
    guard screen == .lesson else { return }
    focus = .explain
    pointAt(run)
  }

  /// Panes follow what the lesson points at, or what is newest: what was chosen for an answer has served its time.
  mutating func forgetRows() {
    for pane in [PaneID.connections, .ladder, .wire, .errors] { states[pane] = nil }
    connection = nil
  }

  /// What a step does is best seen in the pane it names; it stays in sight while questions about it are asked.
  private mutating func pointAt(_ run: LessonRun) {
    guard [.run, .observe, .attempt].contains(run.phase) else { return }
    let named = (run.highlight?.pane ?? run.lesson.layout.pane).map(AppModel.pane)
    watch = named.flatMap { AppModel.tabbed.contains($0) && $0 != .explain ? $0 : nil }
  }

  private mutating func endLesson() {
    // Back in the catalog, the bar goes on to the first lesson that is not done.
    states[.lessons] = nil
    states[.explain] = nil
    guard screen == .lesson else { return }
    focus = .explain
    zoomed = true
  }

  mutating func leaveLesson() {
    stack.removeAll { $0 != .catalog && $0 != .demo }
    if stack.isEmpty { stack = [.catalog] }
    overlay = nil
    zoomed = false
  }

  static func pane(_ name: Lesson.Pane) -> PaneID {
    switch name {
    case .explain: .explain
    case .ladder: .ladder
    case .wire: .wire
    case .connections: .connections
    case .errors: .errors
    }
  }
}
