import LabCanvas
import LabCatalog
import LabCore

/// The words of an error card in their order: for the screen and for the plain mode.
enum CardText {
  /// Everything in one column.
  static func whole(_ card: FilledCard, _ catalog: Catalog, _ glyphs: Glyphs, verbatim: Bool = false)
    -> Document
  {
    var text = Document()
    if verbatim, !card.verbatim.isEmpty {
      text.section("Word for word")
      for line in card.verbatim { text.add(.row(line.who, line.text, .failure)) }
      text.add(.gap)
    }
    what(&text, card, heading: verbatim)
    not(&text, card, glyphs)
    causes(&text, card, glyphs)
    check(&text, card)
    fix(&text, card, glyphs)
    otherSide(&text, card)
    elsewhere(&text, card)
    learnMore(&text, card, catalog)
    text.section("How it was recognised")
    text.add(.paragraph(card.matched, .dim))
    return text
  }

  /// The left column: what it was, and why.
  static func happened(_ card: FilledCard, _ glyphs: Glyphs) -> Document {
    var text = Document()
    what(&text, card, heading: false)
    not(&text, card, glyphs)
    causes(&text, card, glyphs)
    otherSide(&text, card)
    return text
  }

  /// The right column: what to do about it.
  static func advice(_ card: FilledCard, _ catalog: Catalog, _ glyphs: Glyphs) -> Document {
    var text = Document()
    check(&text, card)
    fix(&text, card, glyphs)
    elsewhere(&text, card)
    learnMore(&text, card, catalog)
    return text
  }

  private static func what(_ text: inout Document, _ card: FilledCard, heading: Bool) {
    if heading { text.add(.heading("What happened")) }
    if card.isGeneric {
      text.add(.paragraph("There is no explanation for this failure yet. This is what is known:", .notice))
    }
    if !card.decided.isEmpty { text.add(.paragraph(card.decided, .strong)) }
    text.paragraphs(card.what)
  }

  private static func not(_ text: inout Document, _ card: FilledCard, _ glyphs: Glyphs) {
    guard !card.not.isEmpty else { return }
    text.section("What it is NOT")
    text.items(card.not, mark: glyphs.bad)
  }

  private static func causes(_ text: inout Document, _ card: FilledCard, _ glyphs: Glyphs) {
    guard !card.causes.isEmpty else { return }
    text.section("Likely causes, by what this run shows")
    for (index, cause) in card.causes.enumerated() {
      let rank = glyphs.progress(cause.rank, of: 3)
      text.add(.item(mark: "\(index + 1) \(rank)", cause.say, .text))
      let indent = String(repeating: " ", count: 5)
      for proof in cause.evidence { text.add(.item(mark: indent, "shown by: \(proof)", .dim)) }
    }
  }

  private static func check(_ text: inout Document, _ card: FilledCard) {
    guard !card.check.isEmpty else { return }
    text.section("Check it yourself")
    for check in card.check {
      text.add(.command(check.run))
      text.add(.item(mark: " ", check.tells, .dim))
    }
  }

  private static func fix(_ text: inout Document, _ card: FilledCard, _ glyphs: Glyphs) {
    guard !card.fix.isEmpty else { return }
    text.section("Fix")
    text.items(card.fix, mark: glyphs.bullet)
  }

  private static func otherSide(_ text: inout Document, _ card: FilledCard) {
    guard let other = card.otherSide, !other.isEmpty else { return }
    text.section("What the other side saw")
    text.add(.paragraph(other, .text))
  }

  private static func elsewhere(_ text: inout Document, _ card: FilledCard) {
    guard !card.elsewhere.isEmpty else { return }
    text.section("What other programs call it")
    for other in card.elsewhere { text.add(.row(other.program, other.says, .text)) }
  }

  private static func learnMore(_ text: inout Document, _ card: FilledCard, _ catalog: Catalog) {
    let lessons = card.lessons.compactMap { catalog.lesson($0) }
    text.section("Learn more")
    if lessons.isEmpty { text.add(.paragraph("No lesson shows this failure.", .dim)) }
    for lesson in lessons { text.add(.row(lesson.code, lesson.title, .text)) }
  }
}
