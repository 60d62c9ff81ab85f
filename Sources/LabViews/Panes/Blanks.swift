import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// Hides what a question asks for while it is open: that text wherever it is shown, and the bytes that spell it.
struct Blanks {
  static let mark = "____"
  private let secret: [Character]

  init(_ run: LessonRun?) {
    guard case .answer(let question) = run?.awaiting, case .fill = question.form else {
      secret = []
      return
    }
    secret = Array(run?.rightAnswer.first ?? "")
  }

  var isOpen: Bool { !secret.isEmpty }

  func hide(_ text: String) -> String {
    let characters = Array(text)
    var (shown, start) = ("", 0)
    for place in places(in: characters) {
      shown += String(characters[start..<place.lowerBound]) + Blanks.mark
      start = place.upperBound
    }
    return shown + String(characters[start...])
  }

  func hide(_ lines: [Line]) -> [Line] {
    guard isOpen else { return lines }
    return lines.map { line in line.map { Span(hide($0.text), $0.role) } }
  }

  /// What a view has drawn, the text of a clipped line included.
  func cover(_ canvas: inout Canvas, in rect: Rect, _ glyphs: Glyphs) {
    guard isOpen else { return }
    for y in rect.y..<max(rect.y, rect.bottom) {
      let row = (rect.x..<max(rect.x, rect.right)).map { canvas[$0, y].character }
      for place in places(in: row) + clipped(in: row, Array(glyphs.ellipsis)) {
        for x in place { canvas[rect.x + x, y].character = "_" }
      }
    }
  }

  /// Which bytes of a segment say it: the innermost parts that do, and where they stand in clear.
  func hidden(in segment: WireSegment) -> Set<Int> {
    guard isOpen else { return [] }
    let parts = segment.ranges.filter { says($0.value ?? "") }.map { $0.start..<($0.start + $0.length) }
    let innermost = parts.filter { part in !parts.contains { $0 != part && part.covers($0) } }
    return Set((innermost + spelled(in: segment.bytes.kept)).joined())
  }

  /// Where to look for it: a message that says it in a part of its own, otherwise clear bytes. Of several
  /// messages of one kind the newest is meant: a hello may come back.
  func place(in entries: [EndState.WireEntry]) -> (entry: Int, byte: Int)? {
    let all = entries.indices.compactMap { entry in
      hidden(in: entries[entry].segment).min().map { (entry: entry, byte: $0) }
    }
    let parts = all.filter { place in
      entries[place.entry].segment.ranges.contains { $0.depth > 0 && says($0.value ?? "") }
    }
    guard let first = parts.first else { return all.first }
    let title = entries[first.entry].segment.title
    return parts.last { entries[$0.entry].segment.title == title }
  }

  /// Is it in this text?
  private func says(_ text: String) -> Bool { !places(in: Array(text)).isEmpty }

  private func spelled(in bytes: [UInt8]) -> [Range<Int>] {
    // Two bytes are found by chance.
    secret.count > 2 ? bytes.ranges(of: Array(String(secret).utf8)) : []
  }

  /// Where it stands by itself: `443` is not blank in `8443`.
  private func places(in text: [Character]) -> [Range<Int>] {
    guard isOpen, text.count >= secret.count else { return [] }
    return text.ranges(of: secret).filter { place in
      let before = text[..<place.lowerBound].last
      let after = text[place.upperBound...]
      return before.map(isPartOfWord) != true && !goesOn(after)
    }
  }

  /// A full stop ends a sentence; before a letter it is part of a name.
  private func goesOn(_ rest: ArraySlice<Character>) -> Bool {
    guard let next = rest.first else { return false }
    return next == "." ? rest.dropFirst().first.map(isPartOfWord) == true : isPartOfWord(next)
  }

  private func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }

  /// Its beginning, where the rest of the line did not fit.
  private func clipped(in row: [Character], _ ellipsis: [Character]) -> [Range<Int>] {
    row.ranges(of: ellipsis).compactMap { end in
      let lengths = (2..<max(2, secret.count)).reversed()
      return lengths.lazy.map { end.lowerBound - $0..<end.lowerBound }
        .first { place in
          guard place.lowerBound >= 0, row[place].elementsEqual(secret.prefix(place.count)) else {
            return false
          }
          return row[..<place.lowerBound].last.map(isPartOfWord) != true
        }
    }
  }
}

extension Range where Bound == Int {
  fileprivate func covers(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
