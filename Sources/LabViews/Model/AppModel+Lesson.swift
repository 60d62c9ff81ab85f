import LabCanvas
package import LabCatalog
import LabCore
import LabFacts

extension AppModel {
  /// Space: on, or one event forward while looking back, or out of a finished lesson.
  mutating func next(_ snapshot: LabSnapshot) -> [AppCommand] {
    if case .past = snapshot.cursor { return forward(snapshot) }
    guard let run = snapshot.run else { return [] }
    guard run.result != nil else { return [.intent(.advance)] }
    leaveLesson()
    seen = Seen()
    return [.intent(.closeLesson)]
  }

  mutating func answer(_ key: Key?, _ snapshot: LabSnapshot) -> [AppCommand] {
    if screen == .round, case .character(let character) = key { return answerRound(String(character)) }
    guard case .character(let character) = key, let run = snapshot.run else {
      message = "Answer with the letter before your choice."
      return []
    }
    let letter = String(character)
    switch run.awaiting {
    case .move(let bench):
      guard bench.moves.contains(where: { $0.key == letter }) else { return unknownAnswer(letter) }
      return [.intent(.move(letter))]
    case .answer(let question):
      guard question.options.contains(where: { $0.key == letter }) else { return unknownAnswer(letter) }
      guard question.isMultiple else {
        showVerdict()
        return [.intent(.answer([letter]))]
      }
      toggle(letter)
      return []
    case .advance, .confidence, .facts, .release, .finished: return []
    }
  }

  /// What comes of an answer stands in Explain: another pane that has the screen for itself gives it back.
  mutating func showVerdict() {
    if focus != .explain { zoomed = false }
  }

  mutating func sayHowSure(_ key: Key?) -> [AppCommand] {
    guard case .character(let digit) = key, let sure = digit.wholeNumberValue else {
      message = "1 a guess, 2 fairly sure, 3 sure."
      return []
    }
    return [.intent(.confidence(sure))]
  }

  /// One event forward in the past.
  private mutating func forward(_ snapshot: LabSnapshot) -> [AppCommand] {
    if snapshot.replay != nil, case .past(let event, let count) = snapshot.cursor, event >= count {
      message = "This is the last event that was saved. r goes to the first."
    }
    return [.intent(.stepForward)]
  }

  /// Back in time. The lab is cleared when a lesson is done, and its past with it.
  mutating func lookBack(_ wish: Intent, _ snapshot: LabSnapshot) -> [AppCommand] {
    guard snapshot.run?.result != .completed else {
      message = "The lab was cleared at the end. S saves the run, for netlab replay."
      return []
    }
    return [.intent(wish)]
  }

  mutating func replay(_ snapshot: LabSnapshot) -> [AppCommand] {
    let commands = lookBack(.replay, snapshot)
    guard !commands.isEmpty else { return [] }
    message =
      snapshot.replay == nil
      ? "Showing the events from the first. Space goes forward, . returns to live."
      : "Showing the events from the first. Space goes forward."
    return commands
  }

  private mutating func unknownAnswer(_ letter: String) -> [AppCommand] {
    message = "There is no \(letter) to choose here."
    return []
  }

  private mutating func toggle(_ letter: String) {
    if let index = picked.firstIndex(of: letter) {
      picked.remove(at: index)
    } else {
      picked = (picked + [letter]).sorted()
    }
    message =
      picked.isEmpty
      ? "Nothing chosen yet. Several may be right."
      : "Chosen: \(picked.joined(separator: ", ")). Enter answers."
  }

  mutating func hint(_ snapshot: LabSnapshot) -> [AppCommand] {
    if let run = snapshot.run, case .answer = run.awaiting, !run.offersHint {
      message = run.noHint
      return []
    }
    return [.intent(.hint)]
  }

  mutating func runFree(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard snapshot.runsFree || snapshot.run?.isWalking == true else {
      message = "No message waits for Space now."
      return []
    }
    message =
      snapshot.runsFree
      ? "Held records wait for Space again." : "Held records now go by themselves. F holds again."
    return [.intent(.runFree(!snapshot.runsFree))]
  }

  mutating func goFast(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard let run = snapshot.run, run.goesFast || run.offersFast else {
      message = "Fast is offered after two predictions in a row, right and sure."
      return []
    }
    message =
      run.goesFast ? "Texts are shown again." : "Texts are passed over from now on. > shows them again."
    return [.intent(.goFast(!run.goesFast))]
  }

  /// The one after the lesson that is run.
  func nextLesson(_ snapshot: LabSnapshot) -> Lesson? {
    snapshot.run.flatMap { nextLesson(after: $0.lesson, snapshot) }
  }

  mutating func openNextLesson(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard let next = nextLesson(snapshot) else {
      message = "That was the last lesson here. Space goes back to the catalog."
      return []
    }
    leaveLesson()
    seen = Seen()
    return [.intent(.closeLesson)] + openLesson(next, snapshot)
  }

  /// Goes on where the lesson was left, unless it is to begin at its first step.
  mutating func openLesson(_ lesson: Lesson, _ snapshot: LabSnapshot, fromStart: Bool = false) -> [AppCommand]
  {
    overlay = nil
    zoomed = false
    stack = stack.filter { $0 == .catalog || $0 == .demo } + [.lesson]
    if stack.first != .catalog { stack.insert(.catalog, at: 0) }
    let left = Resumption(snapshot.progress.lessons[lesson.id], steps: lesson.steps.count)
    let goesOn = !fromStart && left != nil
    return [.intent(goesOn ? .resumeLesson(lesson.id) : .openLesson(lesson.id))]
  }

  mutating func openDemo(_ snapshot: LabSnapshot) -> [AppCommand] {
    overlay = nil
    zoomed = false
    stack.removeAll { $0 == .demo }
    stack.append(.demo)
    return snapshot.demo == nil ? [.intent(.startDemo)] : []
  }

  mutating func keepDemo(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard let demo = snapshot.demo else { return [] }
    message =
      demo.keepsRunning
      ? "The servers stop when you leave this screen." : "The servers keep running until netlab quits."
    return [.intent(.keepDemoRunning(!demo.keepsRunning))]
  }
}

extension Catalog {
  /// The lesson that follows in the catalog's order.
  package func lesson(after lesson: Lesson) -> Lesson? {
    guard let index = lessons.firstIndex(where: { $0.id == lesson.id }) else { return nil }
    return lessons.dropFirst(index + 1).first
  }
}
