/// One rule of the linter, for the table of `netlab lint --rules`.
package struct LintRule: Equatable, Sendable {
  /// What a rule needs to be checked.
  package enum Means: String, Sendable {
    case reading
    /// The lessons are run: `lint --run`.
    case running
  }

  package let code: String
  /// What it holds a file to, in a sentence without a full stop.
  package let says: String
  package let means: Means
  /// What `--fix` mends of it; nothing where it mends none.
  package let mended: String?

  private init(_ code: String, _ says: String, _ means: Means = .reading, mended: String? = nil) {
    (self.code, self.says, self.means, self.mended) = (code, says, means, mended)
  }

  /// Groups of rules with their title, in the order of their numbers.
  package static let groups: [(title: String, rules: [LintRule])] = [
    (
      "Shape",
      [
        LintRule("L01", "a file is there, parses, has its keys, and no other"),
        LintRule("L02", "its format is one this netlab reads"),
        LintRule("L03", "an id is kebab-case, short, unique, and the name of its file"),
        LintRule("L04", "a code is unique, begins the id, and fits its track"),
        LintRule("L05", "no word is another thing in YAML, no key stands twice", mended: "the words"),
        LintRule(
          "L06", "no tab, no BOM, no space at a line's end; the last line ends", mended: "all but inner tabs"),
      ]
    ),
    (
      "References",
      [
        LintRule("L10", "programs, steps, identities, beliefs, lessons and seeds that are named exist"),
        LintRule("L11", "no lesson needs itself"),
        LintRule("L12", "every path can be looked up where it stands"),
        LintRule("L13", "beliefs, seeds, cards and lessons name each other; what has no lesson is told"),
        LintRule("L14", "every failure code has a card, named for it, that says what it is not"),
        LintRule("L15", "settings fit the program they are given to"),
        LintRule("L16", "ways for newcomers lead to lessons that are there (a warning)"),
      ]
    ),
    (
      "Teaching",
      [
        LintRule("L20", "a question has two to five choices, and what is right is clear", mended: "letters"),
        LintRule("L21", "a wrong prediction names its belief, or why it is plausible"),
        LintRule("L22", "predict, then do, observe, explain, recall"),
        LintRule("L23", "the answer of an observation is in the run, not in the question"),
        LintRule("L24", "no letter is right too often, and the longest choice is not always right"),
        LintRule("L25", "a try has three hints"),
        LintRule("L26", "texts are short and kind"),
        LintRule("L27", "every belief offered is answered"),
        LintRule("L28", "what comes back days later comes in a new situation (a warning)"),
        LintRule("L29", "levels 2 and 3 have a try, and it can be lost and won"),
      ]
    ),
    (
      "Honesty",
      [
        LintRule("L30", "numbers in texts come from the run"),
        LintRule("L31", "a question about an order has an `order` in a `do` step"),
        LintRule("L32", "failures are expected by code and number, never by text"),
        LintRule("L33", "no failure is allowed that isn't expected"),
      ]
    ),
    (
      "The run",
      [
        LintRule("L40", "what it tells happens every time, in any order, beside other lessons", .running),
        LintRule("L41", "it keeps to its `max_seconds`", .running),
        LintRule("L42", "no socket and no file is left behind", .running),
        LintRule("L43", "it uses loopback addresses alone, but for listeners that say otherwise", .running),
        LintRule("L44", "a wrong choice says something else than the right one, and is wrong in the run"),
      ]
    ),
    (
      "The screen",
      [
        LintRule("L50", "texts fit their place at 80 columns"),
        LintRule("L51", "every character has a twin in ASCII"),
        LintRule("L52", "nothing is told by its colour"),
        LintRule("L54", "texts name no keys but the letters of moves"),
      ]
    ),
  ]

  /// The table, one rule a line.
  package static var table: [String] {
    groups.flatMap { title, rules in
      ["", title]
        + rules.map { rule in
          let marks = [
            rule.means == .running ? "with --run" : nil,
            rule.mended.map { "--fix mends \($0)" },
          ]
          let tail = marks.compactMap { $0 }.joined(separator: ", ")
          return "  \(rule.code)  \(rule.says)\(tail.isEmpty ? "" : " (\(tail))")"
        }
    }.dropFirst().map { $0 }
  }
}
