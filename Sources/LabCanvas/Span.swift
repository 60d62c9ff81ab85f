/// A run of text in one role.
package struct Span: Hashable, Sendable {
  package var text: String
  package var role: Role
  package var reversed: Bool

  package init(_ text: String, _ role: Role = .text, reversed: Bool = false) {
    self.text = text
    self.role = role
    self.reversed = reversed
  }
}

/// One line of a picture, from the left.
package typealias Line = [Span]

extension Line {
  /// The columns it takes.
  package var width: Int { reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// The same words without roles.
  package var plainText: String { reduce(into: "") { $0 += $1.text } }

  /// One cell per character, newlines included: what wrapping and clipping work on.
  var characters: [Cell] {
    flatMap { span in span.text.map { Cell($0, span.role, reversed: span.reversed) } }
  }

  init(characters: some Sequence<Cell>) {
    self = []
    for cell in characters {
      if let last, last.role == cell.role, last.reversed == cell.reversed {
        self[count - 1].text.append(cell.character)
      } else {
        append(Span(String(cell.character), cell.role, reversed: cell.reversed))
      }
    }
  }
}
