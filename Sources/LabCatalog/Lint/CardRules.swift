import LabCore
import LabFacts

/// L10, L12, L14, L26, L51 for cards: they name what exists, and ask what can be known.
enum CardRules {
  static func check(_ card: Explanation, _ scope: LintScope) -> [AuthorProblem] {
    names(card, scope) + paths(card) + words(card)
  }

  private static func problem(
    _ code: String, _ card: Explanation, _ key: String, _ message: String, _ help: String = ""
  ) -> AuthorProblem {
    AuthorProblem(
      file: card.file, place: card.places[key] ?? .start, code: code, message: message, help: help)
  }

  private static func names(_ card: Explanation, _ scope: LintScope) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    if card.file.fileName != card.code.rawValue {
      problems.append(
        problem(
          "L14", card, "code",
          "The code is `\(card.code.rawValue)`, but the file is named `\(card.file.fileName)`."))
    }
    for lesson in card.lessons where !scope.lessonIDs.contains(lesson) {
      problems.append(
        problem(
          "L10", card, "lessons", "There is no lesson `\(lesson)`.",
          DidYouMean.hint(for: lesson, among: scope.lessonIDs).trimmingStart()))
    }
    if !card.isGeneric, card.parts.not?.isEmpty ?? true {
      problems.append(problem("L14", card, "not", "The card does not say what the failure is *not*."))
    }
    return problems
  }

  private static func paths(_ card: Explanation) -> [AuthorProblem] {
    let grammar = PathGrammar()
    let inTexts = card.allTexts.flatMap { key, text in
      Template.paths(in: text).compactMap { grammar.trouble($0) }.map { problem("L12", card, key, $0) }
    }
    let conditions = card.allConditions.flatMap { condition in
      condition.troubles(grammar).map {
        AuthorProblem(file: card.file, place: condition.place, code: "L12", message: $0)
      }
    }
    return inTexts + conditions
  }

  private static func words(_ card: Explanation) -> [AuthorProblem] {
    card.allTexts.flatMap { key, text -> [AuthorProblem] in
      var problems = WordRules.banned(in: text).map {
        problem(
          "L26", card, key, "\"\($0)\" tells a learner that they are slow.", "Leave it out; nothing is lost.")
      }
      if let odd = ScreenRules.odd(in: text) {
        problems.append(
          problem("L51", card, key, "The character \(odd) has no ASCII twin.", "Say it in plain letters."))
      }
      return problems
    }
  }
}

extension Explanation {
  fileprivate var allParts: [Parts] { [parts] + variants.map(\.parts) }

  /// Every text with the key it stands under.
  fileprivate var allTexts: [(String, String)] {
    allParts.flatMap { parts -> [(String, String)] in
      let single = [
        ("title", parts.title), ("decided", parts.decided), ("what", parts.what),
        ("other_side", parts.otherSide),
      ].compactMap { key, text in text.map { (key, $0) } }
      let causes = (parts.causes ?? []).map { ("causes", $0.say) }
      let checks = (parts.check ?? []).flatMap { [("check", $0.run), ("check", $0.tells)] }
      return single + (parts.not ?? []).map { ("not", $0) } + causes + checks
        + (parts.fix ?? []).map { ("fix", $0) }
    }
  }

  fileprivate var allConditions: [Condition] {
    variants.flatMap(\.when) + allParts.flatMap { ($0.causes ?? []).flatMap(\.when) }
  }
}
