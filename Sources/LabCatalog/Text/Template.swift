package import LabCore

/// Text with `{{paths}}` in it, filled from the run.
package enum Template {
  /// Stands where a value is not there yet.
  package static let unknown = "(not known yet)"

  /// A stretch of a template.
  enum Piece: Equatable {
    case text(String)
    case path(String)
  }

  static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      let after = rest[open.upperBound...]
      guard let close = after.firstRange(of: "}}") else { break }
      if open.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<open.lowerBound]))) }
      pieces.append(.path(after[..<close.lowerBound].trimmed()))
      rest = after[close.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  /// The paths a text asks for.
  package static func paths(in text: String) -> [String] {
    pieces(text).compactMap { piece in
      if case .path(let path) = piece { return path }
      return nil
    }
  }

  /// Fills every path; what is not known is marked so in the text, and named.
  package static func fill(_ text: String, _ value: (String) -> Value?) -> (text: String, missing: [String]) {
    var filled = ""
    var missing: [String] = []
    for piece in pieces(text) {
      switch piece {
      case .text(let text): filled += text
      case .path(let path):
        if let value = present(value(path)) {
          filled += value
        } else {
          filled += unknown
          missing.append(path)
        }
      }
    }
    return (filled, missing)
  }

  /// Fills every path and leaves out each sentence that asks for something unknown. Nothing where no
  /// sentence is left.
  package static func fillDropping(_ text: String, _ value: (String) -> Value?) -> String? {
    let kept = Sentences.split(text).compactMap { sentence in
      let (filled, missing) = fill(sentence, value)
      return missing.isEmpty ? filled : nil
    }
    let text = kept.joined().trimmed()
    return text.isEmpty ? nil : text
  }

  private static func present(_ value: Value?) -> String? {
    guard let text = value?.description, !text.isEmpty else { return nil }
    return text
  }
}
