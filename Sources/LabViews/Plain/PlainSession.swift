package import LabCatalog
package import LabFacts
import LabCore

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
    /// Questions of the review or of the test.
    case round
  }

  var place: Place = .catalog
  /// What of the open lesson has been printed.
  var lesson: String?
  var journalSeen = 0
  var eventsSeen = 0
  var visitorsSeen = 0
  var demoAnnounced = false
  var noticesSeen = 0
  var greeted = false
  var listed = false
  var prompt: String?
  var sandbox = PlainSandbox()
  var round: QuestionRound?

  package init() {}

  /// The lines that are new since the last call.
  package mutating func lines(for snapshot: LabSnapshot) -> [String] {
    var new = greeting(snapshot) + notices(snapshot)
    if place == .lesson, lesson != nil, snapshot.run == nil { enterCatalog() }
    switch place {
    case .catalog: new += catalogLines(snapshot)
    case .lesson: new += lessonLines(snapshot)
    case .demo: new += demoLines(snapshot)
    case .sandbox: new += sandboxLines(snapshot)
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
    let typed = line.filter { !$0.isNewline }.trimmed.lowercased()
    prompt = nil
    switch typed {
    case "q", "quit": return PlainReply(intents: [.quit], quit: true)
    case "?", "help": return PlainReply(text: PlainText.help(place))
    default: break
    }
    switch place {
    case .catalog: return inCatalog(typed, snapshot)
    case .lesson: return inLesson(typed, snapshot)
    case .demo: return inDemo(typed, snapshot)
    case .round: return inRound(typed, snapshot)
    // What is sent may have capital letters.
    case .sandbox: return inSandbox(line.filter { !$0.isNewline }.trimmed, snapshot)
    }
  }

  mutating func enterCatalog() {
    (place, listed, lesson) = (.catalog, false, nil)
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
    if run.journal.count < journalSeen { (journalSeen, eventsSeen) = (0, 0) }
    let entries = run.journal.dropFirst(journalSeen)
    journalSeen = run.journal.count
    let events = PlainEvents.after(eventsSeen, in: snapshot.lab)
    eventsSeen = snapshot.lab.last?.number ?? eventsSeen
    // What the lab was told to do comes before what happened, and what was made of it after.
    let cut = entries.lastIndex { $0.isOrder }.map { $0 + 1 } ?? entries.startIndex
    return entries[..<cut].flatMap { PlainText.lines($0, run, snapshot) } + events.map { "Event: \($0)" }
      + entries[cut...].flatMap { PlainText.lines($0, run, snapshot) }
  }

  private func currentPrompt(_ snapshot: LabSnapshot) -> String {
    switch place {
    case .catalog:
      return "Lesson 1 to \(snapshot.catalog.lessons.count), / and words to search, ? help, q quit:"
    case .demo:
      return snapshot.demo == nil ? "Starting the demo." : "t trust steps, e newest error, b back, q quit:"
    case .sandbox:
      guard let state = snapshot.sandbox?.state else { return "Opening the sandbox." }
      return state.isRunning ? "Running." : "Number and value, run, fault, list, ? help, b back:"
    case .round: return round.map { RoundText.prompt($0, stop: "b back, q quit") } ?? ""
    case .lesson: return snapshot.run.map { PlainText.prompt($0.awaiting) } ?? "Opening the lesson."
    }
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
    case .stepBegan, .said, .asked, .answered, .gave, .sure, .skipped, .noted, .expectationMet,
      .expectationMissed,
      .feedback, .hintShown, .goal, .goalReached, .solutionShown, .restarted, .finished:
      false
    }
  }
}
