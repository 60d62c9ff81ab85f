import LabCanvas
package import LabCatalog
package import LabCore
package import LabFacts

/// Cards as plain lines, for the verbs that print them.
package enum CardLines {
  /// What a person needs at once: what it is, who decided, what it is not, how to check and to mend it.
  package static func brief(_ entry: LabState.FailureEntry, in lab: LabState, _ catalog: Catalog) -> [String]
  {
    let card = catalog.explain(entry, in: lab)
    var text = Document()
    text.add(.heading("Error: \(card.title)"))
    if !card.decided.isEmpty { text.add(.paragraph(card.decided, .strong)) }
    text.paragraphs(card.what)
    section(&text, "What it is NOT", card.not)
    section(&text, "Likely causes, by what was seen", card.causes.map(\.say))
    if !card.check.isEmpty { text.section("Check it yourself") }
    for check in card.check {
      text.add(.command(check.run))
      text.add(.item(mark: " ", check.tells, .dim))
    }
    section(&text, "Fix", card.fix)
    if !card.verbatim.isEmpty { text.section("Word for word") }
    for line in card.verbatim { text.add(.verbatim(mark: Glyphs.ascii.bullet, line.text)) }
    text.add(.paragraph("More: netlab explain \(card.code.rawValue)", .dim))
    return lines(text)
  }

  /// The whole card of a failure that no connection of this program had.
  package static func whole(_ failure: Failure, _ catalog: Catalog) -> [String] {
    let card = catalog.explain(failure, end: nil, actor: nil, in: LabState())
    var text = Document([.heading(card.title)])
    for part in CardText.whole(card, catalog, .ascii).parts { text.add(part) }
    return lines(text)
  }

  private static func section(_ text: inout Document, _ title: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    text.section(title)
    text.items(items, mark: Glyphs.ascii.bullet)
  }

  private static func lines(_ text: Document) -> [String] {
    text.lines(width: 100, .ascii).map { $0.plainText.trimmedAtEnd }
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
