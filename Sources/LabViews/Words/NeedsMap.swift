import LabCatalog

/// Which lesson builds on which, as a tree from left to right: each stands after the first lesson it needs.
///
///     SP1 ─┬─SP2 ─┬─SP3 ───SP6
///          │      └─SP4 ───SA1
///          └─TB1 ───WB5 BH2
struct NeedsMap: Equatable {
  /// A piece of a line: a lesson, or what joins two.
  enum Piece: Equatable {
    case lesson(Lesson)
    case joint(String)
  }

  private(set) var lines: [[Piece]] = []

  init(_ catalog: Catalog) {
    let known = Set(catalog.lessons.map(\.id))
    var children: [String: [Lesson]] = [:]
    var roots: [Lesson] = []
    for lesson in catalog.lessons {
      if let first = lesson.needs.first(where: known.contains), first != lesson.id {
        children[first, default: []].append(lesson)
      } else {
        roots.append(lesson)
      }
    }
    // A ring of needs has no root, and is not drawn.
    for root in roots { lines += NeedsMap.tree(root, children) }
  }

  /// The lesson, and what builds on it: the first branch goes on in its line, the others hang below. Lessons that
  /// nothing builds on share one branch.
  private static func tree(_ lesson: Lesson, _ children: [String: [Lesson]]) -> [[Piece]] {
    let all = children[lesson.id] ?? []
    let ends = all.filter { children[$0.id] == nil }
    var branches = all.filter { children[$0.id] != nil }.map { tree($0, children) }
    if !ends.isEmpty { branches.append([row(of: ends)]) }
    guard !branches.isEmpty else { return [[.lesson(lesson)]] }
    var lines: [[Piece]] = []
    for (index, branch) in branches.enumerated() {
      let isLast = index + 1 == branches.count
      for (row, pieces) in branch.enumerated() {
        let lead: [Piece]
        if index == 0, row == 0 {
          lead = [
            .lesson(lesson),
            .joint(branches.count > 1 ? "\u{2500}\u{252C}\u{2500}" : "\u{2500}\u{2500}\u{2500}"),
          ]
        } else if row == 0 {
          lead = [.joint(blank), .joint(isLast ? " \u{2514}\u{2500}" : " \u{251C}\u{2500}")]
        } else {
          lead = [.joint(blank), .joint(isLast ? "   " : " \u{2502} ")]
        }
        lines.append(lead + pieces)
      }
    }
    return lines
  }

  private static func row(of lessons: [Lesson]) -> [Piece] {
    lessons.map { .lesson($0) }
  }

  /// As wide as a lesson.
  static let width = 4
  private static let blank = String(repeating: " ", count: width)
}
