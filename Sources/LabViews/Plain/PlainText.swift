import LabCanvas
package import LabCatalog
import LabCore
import LabFacts

/// Sentences of the plain mode. No borders, nothing that only its place on the screen tells.
package enum PlainText {
  /// The lessons in the order they are numbered.
  static func listed(_ catalog: Catalog) -> [Lesson] { catalog.lessons }

  static func catalog(_ snapshot: LabSnapshot) -> [String] {
    let catalog = snapshot.catalog
    let done = catalog.lessons.count { snapshot.progress.lessons[$0.id]?.done != nil }
    var lines = ["\(catalog.lessons.count) lessons, \(done) done."]
    let due = catalog.due(snapshot.progress, on: snapshot.today).count
    if due > 0 {
      lines.append("\(due) \(due == 1 ? "question is" : "questions are") due: r asks three at most.")
    }
    lines += waysIn(catalog)
    var track: String?
    for lesson in listed(catalog) {
      if lesson.track != track {
        track = lesson.track
        lines.append("Track: \(catalog.track(lesson.track)?.title ?? lesson.track)")
      }
      lines.append(line(lesson, snapshot))
      lines += lesson.lacks(snapshot.environment.abilities).map { "     Not all of it here: \($0)" }
    }
    return lines
  }

  /// A title as a sentence: with a full stop, unless it ends with a mark of its own.
  static func ended(_ title: String) -> String {
    title.hasSuffix("?") || title.hasSuffix("!") ? title : title + "."
  }

  static func state(_ lesson: Lesson, _ snapshot: LabSnapshot) -> String {
    switch CatalogList.status(of: lesson, snapshot.progress) {
    case .fresh: ""
    case .started(let step, let count): ", step \(step) of \(count) reached"
    case .done: ", done"
    }
  }

  /// The lines of one entry of a lesson's journal.
  package static func lines(_ entry: JournalEntry, _ run: LessonRun, _ snapshot: LabSnapshot) -> [String] {
    switch entry {
    case .stepBegan(_, let number, let count, let phase):
      return ["", "[\(run.lesson.code) step \(number) of \(count)] \(phase.rawValue)"]
    case .said(let text): return prose(text)
    case .asked(let question): return question.lines(snapshot)
    case .answered(let keys, let correct, _): return [answered(keys, correct)]
    case .gave(let words, let correct, _): return [answered(plain(words), correct)]
    case .sure(let level):
      return ["You said: \(["", "a guess", "fairly sure", "sure"][min(max(level, 0), 3)])."]
    case .skipped: return ["Left out."]
    case .wentFast(let fast):
      return [fast ? "Fast: texts are passed over. slow shows them again." : "Slow: texts are shown again."]
    case .did(let what): return ["Lab: \(what)"]
    case .ran(let actor, let program): return ran(actor, program)
    case .noted(let text): return prose("Watch: " + text)
    case .expectationMet(let text): return ["As told: \(text)"]
    case .expectationMissed(let mismatch): return ["Not as told. \(mismatch.sentence)"]
    case .feedback(let text): return prose(text)
    case .hintShown(let number, let text): return prose("Hint \(number): " + text)
    case .goal(let text, let moves):
      // Hints name a move by its letter.
      return prose("Goal: " + text)
        + moves.enumerated().map { "  \($0 + 1)  (\($1.key)) \(plain($1.text))" }
    case .moved(let key, let text): return ["Move \(number(key)): \(plain(text))"]
    case .goalReached: return ["Goal reached."]
    case .solutionShown(let keys):
      return ["The solution was: \(keys.map { String(number($0)) }.joined(separator: ", "))."]
    case .finished: return finished(snapshot)
    }
  }

  private static func answered(_ keys: [String], _ correct: Bool?) -> String {
    answered(keys.map { String(number($0)) }.joined(separator: ", "), correct)
  }

  private static func answered(_ words: String, _ correct: Bool?) -> String {
    "You answered \(words).\(correct.map { $0 ? " That is right." : " That is not so." } ?? "")"
  }

  private static func finished(_ snapshot: LabSnapshot) -> [String] {
    let context = LessonPanes.context(.explain, AppModel(ascii: true), snapshot)
    return [""]
      + ResultPane.document(context, wayOn: false).lines(width: 96, .ascii).map(\.plainText).filter {
        !$0.isEmpty
      }
  }

  /// What can be typed now.
  static func prompt(_ run: LessonRun) -> String {
    switch run.awaiting {
    case .advance:
      let fast = run.offersFast ? "fast passes over texts, " : ""
      return "Enter goes on, \(fast)b leave, ? help:"
    case .release(let waiting):
      return
        "\(waiting) \(waiting == 1 ? "record is" : "records are") held. Enter lets the oldest go, b leave:"
    case .facts(let what): return WaitWords.said(what) + "."
    case .confidence: return "How sure? 1 a guess, 2 fairly sure, 3 sure, Enter leaves it open:"
    case .answer(let question):
      return question.plainPrompt
    case .move(let bench):
      if let what = bench.labsTurn { return WaitWords.said(what) + "." }
      let hint = bench.hintsLeft > 0 ? "h hint, " : ""
      return "Move 1 to \(bench.moves.count), \(hint)s skip, solution, b leave, q quit:"
    case .finished: return "Enter goes back to the catalog, n next lesson, q quit:"
    }
  }

  static func help(_ place: PlainSession.Place, inPast: Bool = false) -> [String] {
    let common = ["  b  back, leave", "  q  quit", "  ?  this list"]
    if inPast {
      let way = place == .lesson ? ["  live     back to the present"] : []
      return ["You can type:"] + pastHelp + way + ["  q        quit", "  ?        this list"]
    }
    switch place {
    case .replay: return []
    case .catalog:
      return [
        "You can type:", "  a number, or a code such as sp2: open that lesson, or go on with it",
        "  sp2 anew  that lesson from its first step", "  d  the HTTPS demo",
        "  / and words, or a whole error message: search",
        "  path  the lessons of one evening",
        "  questions  questions people come with, and the lessons that answer them",
        "  r  review: what is due, three questions at most",
        "  check  the test before and after; results shows what it came to",
        "  beliefs  the beliefs you have met",
        "  sandbox  set up anything, and break it",
        "  l  the list again",
      ]
        + common
    case .round: return ["You can type:", "  a number  answer", "  s  leave the question out"] + common
    case .sandbox:
      return ["You can type:"] + PlainSandboxText.help + ["  q          quit", "  ?          this list"]
    case .lesson:
      return [
        "You can type:", "  Enter  go on", "  a number  answer, or make a move", "  s  leave a question out",
        "  h  a hint, where something is to try", "  e  explain the newest error; e NAME that of a program",
        "  k  the kernel's view",
        "  t NAME  what that program's connections have sent and received, as text",
        "  ladder  the messages so far; ladder NAME those of that program",
        "  wire  what crossed the wire; wire NAME at that program's ends",
        "  errors  all failures, a line each",
        "  past  look one event back; more words come then",
        "  sandbox  these programs, to set up and break",
        "  fast, slow  pass over texts after two right and sure predictions, or not",
        "  restart  start the lesson anew",
      ] + common
    case .demo:
      return ["You can type:", "  t  how to trust the lab's CA", "  e  explain the newest error"] + common
    }
  }

  /// Paragraphs without emphasis marks, one line each.
  static func prose(_ text: String) -> [String] {
    text.split(separator: "\n").map { plain(String($0)) }
  }

  static func plain(_ text: String) -> String { LineText.withoutEmphasis(text) }

  /// `a` is 1.
  static func number(_ key: String) -> Int {
    guard let value = key.unicodeScalars.first?.value, value >= 97 else { return 0 }
    return Int(value) - 96
  }
}
