import LabFacts

/// L03, L04: ids and codes that stay the same for ever, and agree with the file.
enum NameRules {
  static func check(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    id(lesson, scope) + code(lesson, scope)
  }

  private static func id(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    let place = lesson.place(of: "id")
    if !isKebab(lesson.id) || lesson.id.count > 31 {
      problems.append(
        lesson.problem(
          "L03", at: place, "`\(lesson.id)` is no good id.",
          help: "Use at most 31 lower-case letters, digits and hyphens: `sp2-port-hopping`."))
    }
    if lesson.file.fileName != lesson.id {
      problems.append(
        lesson.problem(
          "L03", at: place, "The id is `\(lesson.id)`, but the file is named `\(lesson.file.fileName)`.",
          help: "Rename the file: progress is kept by id."))
    }
    if let other = scope.catalog.lessons.first(where: { $0.id == lesson.id && $0.file != lesson.file }) {
      problems.append(
        lesson.problem(
          "L03", at: place, "Another lesson has the id `\(lesson.id)` too: \(other.file).",
          help: "Give the newer one another id and file: progress is kept by id."))
    }
    return problems
  }

  private static func code(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    let place = lesson.place(of: "code")
    if let other = scope.catalog.lessons.first(where: { $0.code == lesson.code && $0.file != lesson.file }) {
      problems.append(
        lesson.problem(
          "L04", at: place, "Another lesson has the code \(lesson.code) too: \(other.file).",
          help: "Give the newer one a number of its track that is free; id and file begin with it."))
    }
    if !lesson.id.hasPrefix(lesson.code.lowercased() + "-") {
      problems.append(
        lesson.problem(
          "L04", at: place, "The code \(lesson.code) and the id `\(lesson.id)` do not agree.",
          help: "Begin the id with `\(lesson.code.lowercased())-`."))
    }
    if let track = scope.catalog.track(lesson.track), !isCode(lesson.code, of: track) {
      problems.append(
        lesson.problem(
          "L04", at: place, "The code \(lesson.code) is none of track `\(track.id)`.",
          help: "Write \(track.code) and a number below 1000."))
    }
    return problems
  }

  /// The track's letters and a number of at most three digits.
  static func isCode(_ code: String, of track: Track) -> Bool {
    guard code.hasPrefix(track.code) else { return false }
    let number = code.dropFirst(track.code.count)
    return (1...3).contains(number.count) && number.allSatisfy { $0.isASCII && $0.isNumber }
  }

  private static func isKebab(_ id: String) -> Bool {
    !id.hasPrefix("-") && !id.hasSuffix("-")
      && id.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
  }
}
