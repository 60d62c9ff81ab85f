import Yams

/// Reads one value of a file. What is wrong with it goes to the log; the caller gets nothing and goes on.
struct NodeReader {
  let node: Node
  /// What the author calls it: the key, or the key with a number.
  let name: String
  let log: ProblemLog

  var place: Place { Place(node.mark) }

  func problem(_ code: String, _ message: String, help: String = "", edits: [TextEdit] = []) {
    log.add(code, at: place, message, help: help, edits: edits)
  }

  /// What mends a word that YAML takes for something else.
  private func replacing(_ word: String, by better: String) -> [TextEdit] {
    [TextEdit(at: place, replacing: word, by: better)]
  }

  /// Text, as the author wrote it, without the line break at its end.
  func text() -> String? {
    guard case .scalar(let scalar) = node else { return wrongType("text") }
    if scalar.style == .plain, let trap = trap(scalar.string) {
      let quoted = "\"\(scalar.string)\""
      problem(
        "L05", trap, help: "Put quotes around it: \(quoted).", edits: replacing(scalar.string, by: quoted))
      return nil
    }
    let text = scalar.string.trimmingEnd()
    guard !text.isEmpty else {
      problem("L01", "`\(name)` is empty.", help: "Write its text, or leave the key out.")
      return nil
    }
    return text
  }

  /// Text kept to the last space or line break, empty where it is quoted: bytes to send or to compare with.
  func rawText() -> String? {
    if case .scalar(let scalar) = node, scalar.style != .plain { return scalar.string }
    return text()
  }

  /// A value to compare with.
  func literal() -> Literal? {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return rawText().map(Literal.text) }
    switch PlainScalar(scalar.string) {
    case .number(let number): return .number(number)
    case .bool(let flag): return .bool(flag)
    case .text, .disguisedBool, .octal, .sexagesimal, .decimal, .empty: return text().map(Literal.text)
    }
  }

  func int(_ range: ClosedRange<Int>? = nil) -> Int? {
    guard case .scalar(let scalar) = node else { return wrongType("a whole number") }
    switch PlainScalar(scalar.string) {
    case .number(let number) where scalar.style == .plain: return inRange(number, range)
    case .octal where scalar.style == .plain, .sexagesimal where scalar.style == .plain:
      problem(
        "L05", "`\(scalar.string)` is not the number it looks like in YAML.",
        help: "Write a plain decimal number, without leading zeros or colons.")
      return nil
    case .number:
      problem("L01", "`\(name)` must be a whole number, not text.", help: "Take the quotes away.")
      return nil
    case .text, .bool, .disguisedBool, .octal, .sexagesimal, .decimal, .empty:
      return wrongType("a whole number")
    }
  }

  func flag() -> Bool? {
    guard case .scalar(let scalar) = node else { return wrongType("true or false") }
    switch PlainScalar(scalar.string) {
    case .bool(let value) where scalar.style == .plain: return value
    case .disguisedBool(let value):
      problem(
        "L05", "`\(scalar.string)` is not a clear truth value in YAML.", help: "Write \(value) instead.",
        edits: scalar.style == .plain ? replacing(scalar.string, by: "\(value)") : [])
      return nil
    case .bool, .text, .number, .octal, .sexagesimal, .decimal, .empty: return wrongType("true or false")
    }
  }

  /// A list; one value alone counts as a list of one.
  func items() -> [NodeReader] {
    guard case .sequence(let sequence) = node else { return [self] }
    return sequence.enumerated().map { NodeReader(node: $1, name: "\(name)[\($0)]", log: log) }
  }

  /// A list, and nothing else.
  func list() -> [NodeReader]? {
    guard case .sequence = node else { return wrongType("a list") }
    return items()
  }

  func texts() -> [String] { items().compactMap { $0.text() } }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable & CaseIterable>(_: Word.Type = Word.self) -> Word?
  where Word.RawValue == String {
    guard let text = text() else { return nil }
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    let list = words.count <= 12 ? " It is one of: \(words.joined(separator: ", "))." : ""
    problem(
      "L01", "`\(name)` can't be `\(text)`.",
      help: (DidYouMean.hint(for: text, among: words) + list).trimmingStart())
    return nil
  }

  /// A map with these keys and no other. `what` names it in messages: `a step`.
  func map(_ what: String, keys: [String]) -> MapReader? {
    guard case .mapping(let mapping) = node else { return wrongType("a map (\(what))") }
    return MapReader(mapping, what: what, keys: keys, place: place, log: log)
  }

  var isMap: Bool { node.mapping != nil }
  var isList: Bool { node.sequence != nil }

  private func inRange(_ number: Int, _ range: ClosedRange<Int>?) -> Int? {
    guard let range, !range.contains(number) else { return number }
    problem(
      "L01", "`\(name)` must lie between \(range.lowerBound) and \(range.upperBound), not be \(number).")
    return nil
  }

  private func wrongType<Value>(_ wanted: String) -> Value? {
    problem("L01", "`\(name)` must be \(wanted), not \(kind).")
    return nil
  }

  private var kind: String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "`\(scalar.string.firstLine(limit: 24))`"
    case .mapping: "a map"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  private func trap(_ word: String) -> String? {
    switch PlainScalar(word) {
    case .text, .empty: nil
    case .bool, .disguisedBool: "`\(word)` without quotes is a truth value in YAML, not text."
    case .octal, .sexagesimal, .number, .decimal: "`\(word)` without quotes is a number in YAML, not text."
    }
  }
}

extension Place {
  init(_ mark: Mark?) { self.init(line: mark?.line ?? 1, column: mark?.column ?? 1) }
}
