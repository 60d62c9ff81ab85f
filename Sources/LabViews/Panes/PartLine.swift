import LabCanvas

/// A line made of parts. Where there is not enough room, what weighs most is kept.
struct PartLine: Equatable, Sendable {
  private struct Part: Equatable, Sendable {
    var line: Line
    var weight: Int
  }

  private var parts: [Part] = []
  /// Columns between two parts.
  var gap = 2

  init() {}
  init(_ text: String, _ role: Role = .text) { add(text, role) }

  /// Parts of the highest weight are never left out, only clipped.
  mutating func add(_ line: Line, weight: Int = .max) {
    if !line.isEmpty { parts.append(Part(line: line, weight: weight)) }
  }

  mutating func add(_ text: String, _ role: Role = .text, weight: Int = .max) {
    if !text.isEmpty { add([Span(text, role)], weight: weight) }
  }

  func fit(_ width: Int, _ glyphs: Glyphs) -> Line {
    var kept = Set(parts.indices.filter { parts[$0].weight == .max })
    for place in parts.indices.sorted(by: { (parts[$1].weight, $0) < (parts[$0].weight, $1) }) {
      let more = kept.union([place])
      if joined(more).width <= width { kept = more }
    }
    return Text.clip(joined(kept), width: width, ellipsis: glyphs.ellipsis)
  }

  private func joined(_ kept: Set<Int>) -> Line {
    var line: Line = []
    for place in kept.sorted() {
      if !line.isEmpty { line.append(Span(String(repeating: " ", count: gap))) }
      line += parts[place].line
    }
    return line
  }
}

/// One line of a pane that competes for room.
struct WeightedLine: Equatable, Sendable {
  var weight: Int
  var line: PartLine
  /// Does it say nothing without the line above it that it belongs to?
  var isDetail: Bool

  init(_ weight: Int, _ line: PartLine, isDetail: Bool = false) {
    self.weight = weight
    self.line = line
    self.isDetail = isDetail
  }

  /// The lines that fit, in their order: the weightiest ones. How many are out of sight says the border.
  static func fit(_ all: [WeightedLine], width: Int, height: Int, _ glyphs: Glyphs) -> [Line] {
    guard height > 0 else { return [] }
    guard all.count > height else { return all.map { $0.line.fit(width, glyphs) } }
    // A detail weighs no more than the line it belongs to, which comes before it: it never stands alone.
    var head = Int.max
    let weights = all.map { row in
      if !row.isDetail { head = row.weight }
      return min(row.weight, head)
    }
    let ranked = all.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    return ranked.prefix(height).sorted().map { all[$0].line.fit(width, glyphs) }
  }
}
