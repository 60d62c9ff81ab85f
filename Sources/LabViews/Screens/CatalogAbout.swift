import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// What the third pane tells about the chosen lesson.
enum CatalogAbout {
  static func document(_ list: CatalogList, _ snapshot: LabSnapshot) -> Document {
    var text = Document()
    guard let row = list.chosen else { return text }
    let lesson = row.lesson
    if let because = row.because { text.add(.paragraph("Found by \(because)", .notice)) }
    text.add(.heading(lesson.title))
    text.add(.paragraph(lesson.question, .text))
    text.add(.gap)
    text.add(.paragraph(enterLine(lesson, snapshot), .notice))
    if list.isDue(lesson) { text.add(.paragraph("Questions of it are due: r asks them.", .notice)) }
    if let advice = advice(lesson, snapshot) { text.add(.paragraph(advice, .dim)) }
    lacks(lesson, snapshot, &text)
    text.add(.gap)
    // The first picture is drawn before the steps are read.
    let steps = lesson.steps.isEmpty ? "" : ", \(lesson.steps.count) steps"
    text.add(.row("Time", "\(lesson.minutes) min\(steps)", .text))
    if !lesson.needs.isEmpty { text.add(.row("Better after", needs(lesson, snapshot), .text)) }
    text.add(.row("You start", programs(lesson), .text))
    let beliefs = lesson.beliefs.compactMap { snapshot.catalog.belief($0) }
    if !beliefs.isEmpty {
      text.section("Beliefs it tests")
      for belief in beliefs { text.add(.item(mark: belief.id, "\u{201c}\(belief.belief)\u{201d}", .text)) }
    }
    let builders = snapshot.catalog.lessons.filter { $0.needs.contains(lesson.id) }
    if !builders.isEmpty {
      text.section("What builds on it")
      for next in builders { text.add(.item(mark: Text.pad(next.code, width: 3), next.title, .text)) }
    }
    text.section("Without a screen")
    text.add(.command("netlab run \(lesson.code.lowercased())"))
    return text
  }

  private static func enterLine(_ lesson: Lesson, _ snapshot: LabSnapshot) -> String {
    switch CatalogList.status(of: lesson, snapshot.progress) {
    case .fresh: "Enter opens it. Real sockets, on this machine only."
    case .started(let step, let count):
      step > 1
        ? "Enter goes on at step \(step) of \(count): what comes before is done again. R starts over."
        : "Enter opens it. You got to step \(step) of \(count)."
    case .done: "You have done it. Enter opens it again."
    }
  }

  /// What would better come first, where it has not. Advice, not a lock.
  static func advice(_ lesson: Lesson, _ snapshot: LabSnapshot) -> String? {
    let open = lesson.needs.compactMap { snapshot.catalog.lesson($0) }
      .filter { snapshot.progress.lessons[$0.id]?.done == nil }
    guard !open.isEmpty, CatalogList.status(of: lesson, snapshot.progress) == .fresh else { return nil }
    let names = open.map { "\($0.code), \($0.title)" }.joined(separator: "; ")
    return "It builds on \(names). Nothing is locked."
  }

  private static func lacks(_ lesson: Lesson, _ snapshot: LabSnapshot, _ text: inout Document) {
    let lacks = lesson.lacks(snapshot.environment.abilities)
    guard !lacks.isEmpty else { return }
    let possible = lesson.possibleSteps(snapshot.environment.abilities)
    text.add(
      .paragraph(
        "Here \(possible) of its \(lesson.steps.count) steps can run. \(lacks.joined(separator: " "))",
        .notice))
  }

  private static func needs(_ lesson: Lesson, _ snapshot: LabSnapshot) -> String {
    lesson.needs.map { id in
      let isDone = snapshot.progress.lessons[id]?.done != nil
      return "\(snapshot.catalog.lesson(id)?.code ?? id)\(isDone ? " (done)" : "")"
    }.joined(separator: ", ")
  }

  private static func programs(_ lesson: Lesson) -> String {
    func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
    let servers = lesson.actors.count { $0.role == .server }
    let clients = lesson.actors.count { $0.role == .client && $0.settings.program == nil }
    let real = lesson.actors.compactMap(\.settings.program?.rawValue)
    let words = ["\(count(servers, "server"))", "\(count(clients, "client"))"].filter { !$0.hasPrefix("0 ") }
    return (words + Set(real).sorted()).joined(separator: ", ")
  }
}
