import LabCanvas
package import LabCatalog
package import LabCore

/// What the test came to, before and after, by belief.
package enum TestText {
  static func document(_ catalog: Catalog, _ progress: Progress, _ glyphs: Glyphs) -> Document {
    var text = Document()
    guard let before = progress.before else {
      text.add(.paragraph("The test has not been taken yet.", .dim))
      return text
    }
    text.add(.row("Before", summary(before, catalog), .text))
    text.add(.row("After", progress.after.map { summary($0, catalog) } ?? "not taken yet", .text))
    for item in catalog.checkItems {
      guard let belief = catalog.belief(item.belief) else { continue }
      let now = (progress.after ?? before).answers[belief.id]
      text.section("\(belief.id) \u{201c}\(belief.belief)\u{201d}")
      text.add(.row("before", word(before.answers[belief.id]), role(before.answers[belief.id])))
      if let after = progress.after {
        text.add(.row("after", word(after.answers[belief.id]), role(after.answers[belief.id])))
        // Told once the test has been taken twice: told before, it would be learned by heart.
        text.add(.row("true is", item.question.why, .text))
      }
      let help = catalog.lessons(against: belief.id)
      if now != true, !help.isEmpty {
        let names = help.map { "\($0.code) \($0.title)" }.joined(separator: "; ")
        text.add(.row("lessons", names, .text))
      }
    }
    if progress.after == nil {
      text.add(.gap)
      text.add(.paragraph("What is true is told after the second time: do the lessons first.", .dim))
    }
    return text
  }

  /// The same as lines of the plain mode.
  package static func lines(_ catalog: Catalog, _ progress: Progress) -> [String] {
    document(catalog, progress, .ascii).lines(width: 96, .ascii).map(\.plainText)
  }

  private static func summary(_ check: Progress.Check, _ catalog: Catalog) -> String {
    let right = check.answers.values.count { $0 }
    return "\(right) of \(catalog.checkItems.count) seen through, on \(check.day)"
  }

  private static func word(_ verdict: Bool?) -> String {
    switch verdict {
    case true?: "seen through"
    case false?: "believed"
    case nil: "left out"
    }
  }

  private static func role(_ verdict: Bool?) -> Role {
    switch verdict {
    case true?: .good
    case false?: .failure
    case nil: .dim
    }
  }
}
