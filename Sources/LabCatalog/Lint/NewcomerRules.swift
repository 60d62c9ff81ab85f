/// L12, L16, L20, L26, L50, L51: what a newcomer is given beside the lessons: paths, the test, and questions asked later.
enum NewcomerRules {
  static let pathsFile = "lessons/paths.yaml"
  static let checkupFile = "lessons/checkup.yaml"

  static func check(_ scope: LintScope) -> [AuthorProblem] {
    paths(scope) + items(scope)
  }

  /// Paths lead the way before all lessons are there, so a missing one is a warning.
  private static func paths(_ scope: LintScope) -> [AuthorProblem] {
    let paths = scope.catalog.paths
    let stops = paths.paths.flatMap(\.stops) + paths.questions.map(\.lesson)
    let names = scope.lessonIDs + scope.catalog.lessons.map(\.code)
    return stops.filter { scope.catalog.lesson($0.lesson) == nil && !scope.broken($0.lesson) }.map { stop in
      let hint = DidYouMean.hint(for: stop.lesson, among: names)
      return AuthorProblem(
        file: pathsFile, place: stop.place, code: "L16",
        message: "There is no lesson `\(stop.lesson)` yet; the path shows the others.",
        help: hint.trimmingStart(), severity: .warning)
    }
  }

  private static func items(_ scope: LintScope) -> [AuthorProblem] {
    scope.catalog.checkItems.flatMap { item -> [AuthorProblem] in
      var problems = question(item.question, in: checkupFile, limit: 3)
      if scope.knowsBeliefs, scope.catalog.belief(item.belief) == nil {
        let hint = DidYouMean.hint(for: item.belief, among: scope.catalog.beliefs.map(\.id))
        problems.append(
          AuthorProblem(
            file: checkupFile, place: item.question.place, code: "L10",
            message: "There is no belief `\(item.belief)`.", help: hint.trimmingStart()))
      }
      return problems
    }
  }

  /// What holds for every question that stands by itself. `limit` is in lines of the screen.
  static func question(_ question: ShortQuestion, in file: String, limit: Int) -> [AuthorProblem] {
    func problem(_ code: String, _ message: String, _ help: String = "") -> AuthorProblem {
      AuthorProblem(file: file, place: question.place, code: code, message: message, help: help)
    }
    var problems: [AuthorProblem] = []
    if !(2...5).contains(question.choices.count) {
      problems.append(
        problem("L20", "A question has 2 to 5 choices; this one has \(question.choices.count)."))
    }
    let isRight = question.correct.allSatisfy(question.choices.indices.contains)
    if question.correct.isEmpty || !isRight || question.correct.count == question.choices.count {
      problems.append(
        problem(
          "L20", "`correct` does not point at one or some of the choices.",
          "Count from 0: the first choice is 0."))
    }
    for text in [question.ask, question.why] + question.choices {
      problems += WordRules.banned(in: text).map {
        problem("L26", "\"\($0)\" tells a learner that they are slow.", "Leave it out; nothing is lost.")
      }
      if text.contains("{{") {
        problems.append(
          problem(
            "L12", "A question asked on another day can't look anything up in a run.", "Say it in words."))
      }
      if let odd = ScreenRules.odd(in: text) {
        problems.append(
          problem("L51", "The character \(odd) has no ASCII twin.", "Say it in plain letters."))
      }
    }
    if question.ask.count > limit * ScreenRules.width || question.why.count > 3 * ScreenRules.width
      || question.choices.contains(where: { $0.count > 2 * (ScreenRules.width - 4) })
    {
      problems.append(problem("L50", "The question is too long for its place on the screen."))
    }
    return problems
  }
}

extension LintScope {
  /// Does a file that could not be read stand behind this code or id?
  fileprivate func broken(_ lesson: String) -> Bool {
    broken.contains { file in
      let name = file.fileName
      return name == lesson || name.hasPrefix(lesson.lowercased() + "-")
    }
  }
}
