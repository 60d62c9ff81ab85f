/// Fits text into columns. Widths are display columns, never characters.
package enum Text {
  /// Where text stands in a wider column.
  package enum Alignment: Hashable, Sendable { case left, right, center }

  /// Breaks text into lines of at most `width` columns, at spaces where there are any. Newlines stay;
  /// further lines of a paragraph line up under its first word, after a bullet or a number too.
  package static func wrap(_ text: String, width: Int) -> [String] {
    wrap([Span(text)], width: width).map(\.plainText)
  }

  /// The same for a line of spans: each keeps its role.
  package static func wrap(_ line: Line, width: Int) -> [Line] {
    guard width > 0 else { return [] }
    return line.characters.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { ParagraphWrap.lines(of: Array($0), width: width) }
      .map { Line(characters: $0) }
  }

  /// At most `width` columns; where something is cut off, it ends with the ellipsis.
  package static func clip(_ text: String, width: Int, ellipsis: String = "…") -> String {
    clip([Span(text)], width: width, ellipsis: ellipsis).plainText
  }

  /// The same for a line of spans; the ellipsis takes the role of what it stands for.
  package static func clip(_ line: Line, width: Int, ellipsis: String = "…") -> Line {
    guard line.width > width else { return line }
    let mark = DisplayWidth.of(ellipsis) <= width ? ellipsis : ""
    let room = max(0, width - DisplayWidth.of(mark))
    let cells = line.characters
    let end = endOfPrefix(cells, width: room)
    let style = end < cells.count ? cells[end] : .blank
    let tail = mark.map { Cell($0, style.role, reversed: style.reversed) }
    return Line(characters: cells[..<end] + tail)
  }

  /// Exactly `width` columns: clipped, or filled up with spaces.
  package static func pad(
    _ text: String, width: Int, alignment: Alignment = .left, ellipsis: String = "…"
  ) -> String {
    pad([Span(text)], width: width, alignment: alignment, ellipsis: ellipsis).plainText
  }

  /// The same for a line of spans.
  package static func pad(
    _ line: Line, width: Int, alignment: Alignment = .left, ellipsis: String = "…"
  ) -> Line {
    let clipped = clip(line, width: width, ellipsis: ellipsis)
    let missing = max(0, width - clipped.width)
    let before =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      }
    return spaces(before) + clipped + spaces(missing - before)
  }

  /// How many of the characters fit into `width` columns.
  static func endOfPrefix(_ cells: some RandomAccessCollection<Cell>, width: Int) -> Int {
    var used = 0
    for (index, cell) in cells.enumerated() {
      used += DisplayWidth.of(cell.character)
      if used > width { return index }
    }
    return cells.count
  }

  private static func spaces(_ count: Int) -> Line {
    count > 0 ? [Span(String(repeating: " ", count: count))] : []
  }
}

extension RandomAccessCollection where Element == Cell {
  var columns: Int { reduce(0) { $0 + DisplayWidth.of($1.character) } }

  func split(separator: Character, omittingEmptySubsequences: Bool) -> [SubSequence] {
    split(omittingEmptySubsequences: omittingEmptySubsequences) {
      $0.character == separator || (separator == "\n" && $0.character == "\r\n")
    }
  }
}
