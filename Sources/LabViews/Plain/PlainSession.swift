package import LabCatalog
import LabCore
package import LabFacts

/// netlab as lines of text: only ever appended, choices by number, one line per event. For screen readers,
/// dumb terminals and pipes.
///
/// Print `lines(for:)` after every new snapshot; give every typed line to `handle`.
package struct PlainSession: Equatable, Sendable {
  /// Where the person is.
  enum Place: Equatable, Sendable {
    case catalog
    case lesson
    case demo
    case sandbox
    case replay
    /// Questions of the review or of the test.
    case round
  }

  var place: Place = .catalog
  /// What of the open lesson has been printed.
  var lesson: String?
  var journalSeen = 0
  var eventsSeen = 0
  var visitorsSeen = 0
  var wasCatchingUp = false
  var demoAnnounced = false
  var noticesSeen = 0
  var greeted = false
  var listed = false
  var prompt: String?
  var sandbox = PlainSandbox()
  /// What of the lesson that is being written has been told.
  var preview: PreviewState?
  /// The moment that was told last.
  var momentSeen: Cursor = .live
  var round: QuestionRound?

  /// `inLesson`: a lesson is opened from outside, so there is no catalog to show first.
  package init(inLesson: Bool = false) {
    if inLesson { place = .lesson }
  }

  /// The lines that are new since the last call.
  package mutating func lines(for snapshot: LabSnapshot) -> [String] {
    var new = greeting(snapshot) + notices(snapshot) + messages(snapshot)
    if place == .lesson, lesson != nil, snapshot.run == nil, snapshot.preview == nil { enterCatalog() }
    switch place {
    case .catalog: new += catalogLines(snapshot)
    case .lesson: new += lessonLines(snapshot)
    case .demo: new += demoLines(snapshot)
    case .sandbox: new += sandboxLines(snapshot)
    case .replay: new += pastLines(snapshot)
    case .round: break
    }
    let asked = currentPrompt(snapshot)
    guard !new.isEmpty || asked != prompt else { return [] }
    // Only a question of a lesson is asked again after news; what is waited for is told once.
    let isAskedAgain = asked == prompt && !(place == .lesson && asked.hasSuffix(":"))
    prompt = asked
    return new + (asked.isEmpty || isAskedAgain ? [] : [asked])
  }

  /// Takes one typed line.
  package mutating func handle(line: String, _ snapshot: LabSnapshot) -> PlainReply {
    let given = line.filter { !$0.isNewline }.trimmed
    let typed = given.lowercased()
    prompt = nil
    switch typed {
    case "q", "quit": return PlainReply(intents: [.quit], quit: true)
    case "?", "help": return PlainReply(text: PlainText.help(place, inPast: isInPast(snapshot)))
    default: break
    }
    if isInPast(snapshot) { return inPast(typed, snapshot) }
    switch place {
    // What is searched for is quoted as it was typed.
    case .catalog: return inCatalog(given, snapshot)
    case .replay: return PlainReply()
    case .demo: return inDemo(typed, snapshot)
    case .round: return inRound(typed, snapshot)
    // An answer, and what is sent, may have capital letters.
    case .lesson: return inLesson(given, snapshot)
    case .sandbox: return inSandbox(given, snapshot)
    }
  }

  /// Is the past what is shown here?
  private func isInPast(_ snapshot: LabSnapshot) -> Bool {
    guard case .past = snapshot.cursor else { return false }
    return place == .lesson || place == .replay
  }

  mutating func enterCatalog() {
    (place, listed, lesson, momentSeen) = (.catalog, false, nil, .live)
    (journalSeen, eventsSeen) = (0, 0)
  }

  mutating func enterLesson() {
    (place, lesson, journalSeen, eventsSeen) = (.lesson, nil, 0, 0)
  }

  private mutating func greeting(_ snapshot: LabSnapshot) -> [String] {
    guard !greeted else { return [] }
    greeted = true
    return ["netlab, plain mode. Everything is text; choose by number. ? lists what can be typed."]
  }

  private mutating func notices(_ snapshot: LabSnapshot) -> [String] {
    if snapshot.notices.count < noticesSeen { noticesSeen = 0 }
    let new = snapshot.notices.dropFirst(noticesSeen)
    noticesSeen = snapshot.notices.count
    return new.map { "Note: \($0)" }
  }

  /// A new version of the lesson that is being written is told from its beginning.
  private mutating func messages(_ snapshot: LabSnapshot) -> [String] {
    guard let new = snapshot.preview, new != preview else { return [] }
    if new.edition != preview?.edition, new.edition > 0 { enterLesson() }
    preview = new
    return MessagesPage.lines(new)
  }

  private mutating func catalogLines(_ snapshot: LabSnapshot) -> [String] {
    guard !listed else { return [] }
    listed = true
    return PlainText.catalog(snapshot)
  }

  private mutating func demoLines(_ snapshot: LabSnapshot) -> [String] {
    guard let demo = snapshot.demo else { return [] }
    var new: [String] = []
    if !demoAnnounced {
      demoAnnounced = true
      new += PlainText.demo(demo)
    }
    // A connection is told when it has come to something: a request, an error, an end.
    let told = DemoVisitors(demo).rows.prefix {
      $0.isFailure || !$0.agent.isEmpty || $0.result.hasPrefix("came")
    }
    new += told.dropFirst(visitorsSeen).map(PlainText.visitor)
    visitorsSeen = max(visitorsSeen, told.count)
    return new
  }

  private mutating func lessonLines(_ snapshot: LabSnapshot) -> [String] {
    guard let run = snapshot.run else { return [] }
    if lesson != run.lesson.id {
      (lesson, journalSeen, eventsSeen) = (run.lesson.id, 0, 0)
    }
    if run.journal.count < journalSeen, !wasCatchingUp { (journalSeen, eventsSeen) = (0, 0) }
    guard !run.isCatchingUp else {
      (journalSeen, eventsSeen) = (run.journal.count, snapshot.lab.last?.number ?? eventsSeen)
      wasCatchingUp = true
      return []
    }
    if wasCatchingUp { (journalSeen, wasCatchingUp) = (0, false) }
    let past = pastLines(snapshot)
    // What goes on meanwhile is told in the present.
    if snapshot.cursor != .live { return past }
    let entries = run.journal.dropFirst(journalSeen)
    journalSeen = run.journal.count
    let events = PlainEvents.after(eventsSeen, in: snapshot.lab)
    eventsSeen = snapshot.lab.last?.number ?? eventsSeen
    // What the lab was told to do comes before what happened, and what was made of it after.
    let cut = entries.lastIndex { $0.isOrder }.map { $0 + 1 } ?? entries.startIndex
    return past + entries[..<cut].flatMap { PlainText.lines($0, run, snapshot) }
      + events.map { "Event: \($0)" }
      + entries[cut...].flatMap { PlainText.lines($0, run, snapshot) }
  }

  private func currentPrompt(_ snapshot: LabSnapshot) -> String {
    if isInPast(snapshot) { return pastPrompt(snapshot) }
    switch place {
    case .replay: return ""
    case .catalog:
      return "Lesson 1 to \(snapshot.catalog.lessons.count), / and words to search, ? help, q quit:"
    case .demo:
      return snapshot.demo == nil ? "Starting the demo." : "t trust steps, e newest error, b back, q quit:"
    case .sandbox:
      guard let state = snapshot.sandbox?.state else { return "Opening the sandbox." }
      return state.isRunning ? "Running." : "Number and value, run, fault, list, ? help, b back:"
    case .round: return round.map { RoundText.prompt($0, stop: "b back, q quit") } ?? ""
    case .lesson where snapshot.run?.isCatchingUp == true: return "The steps before are done again."
    case .lesson: return snapshot.run.map(PlainText.prompt) ?? opening(snapshot)
    }
  }
}

extension PlainSession {
  private func opening(_ snapshot: LabSnapshot) -> String {
    snapshot.preview?.isBroken == true ? "Waiting for the file to be mended, q quit:" : "Opening the lesson."
  }
}

/// What a typed line leads to.
package struct PlainReply: Equatable, Sendable {
  package var intents: [Intent]
  package var text: [String]
  package var quit: Bool
  /// Save the sandbox's newest run as a lesson file.
  package var savesLesson: Bool

  package init(intents: [Intent] = [], text: [String] = [], quit: Bool = false, savesLesson: Bool = false) {
    self.savesLesson = savesLesson
    self.intents = intents
    self.text = text
    self.quit = quit
  }
}

extension JournalEntry {
  /// Does it say what the lab was told to do?
  var isOrder: Bool {
    switch self {
    case .did, .moved: true
    case .stepBegan, .said, .asked, .answered, .gave, .sure, .skipped, .wentFast, .ran, .noted,
      .expectationMet,
      .expectationMissed,
      .feedback, .hintShown, .goal, .goalReached, .solutionShown, .finished:
      false
    }
  }
}
