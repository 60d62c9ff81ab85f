/// What one of several boxes that share the rows of a screen asks for.
struct Share: Equatable, Sendable {
  /// It is never given fewer, as long as there are enough for all.
  let minimum: Int
  /// How it takes part in what is left.
  let weight: Int
  /// Rows it takes first of what is left.
  let extra: Int
  /// Rows the person gave to it, or took from it.
  let wish: Int

  /// Divides the rows; the parts always add up to the whole.
  static func split(_ total: Int, _ shares: [Share]) -> [Int] {
    var rows = shares.map(\.minimum)
    var left = total - rows.reduce(0, +)
    for index in shares.indices where left > 0 {
      let extra = min(left, shares[index].extra)
      rows[index] += extra
      left -= extra
    }
    let weights = max(1, shares.reduce(0) { $0 + $1.weight })
    let spare = max(0, left)
    for index in shares.indices {
      let part = spare * shares[index].weight / weights
      rows[index] += part
      left -= part
    }
    if let last = rows.indices.last { rows[last] += left }
    for index in shares.indices { grant(shares[index].wish, to: index, &rows, shares) }
    return rows
  }

  /// Moves rows to or from one box. The others never go below three.
  private static func grant(_ wish: Int, to index: Int, _ rows: inout [Int], _ shares: [Share]) {
    for _ in 0..<abs(wish) {
      let others = rows.indices.filter { $0 != index }
      if wish > 0 {
        guard let giver = others.max(by: { rows[$0] < rows[$1] }), rows[giver] > 3 else { return }
        rows[giver] -= 1
        rows[index] += 1
      } else {
        guard rows[index] > 3, let taker = others.max(by: { shares[$0].weight < shares[$1].weight }) else {
          return
        }
        rows[index] -= 1
        rows[taker] += 1
      }
    }
  }
}
