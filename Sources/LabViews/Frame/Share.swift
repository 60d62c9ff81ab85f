/// What one of several boxes that share the rows of a screen asks for.
struct Share: Equatable, Sendable {
  /// It is given fewer only where there are not enough for all, and never fewer than `least`.
  let minimum: Int
  /// How it takes part in what is left.
  let weight: Int
  /// Rows it takes first of what is left.
  let extra: Int
  /// Rows the person gave to it, or took from it.
  let wish: Int
  /// More than this it has no use for, as long as others have.
  var most = Int.max
  /// Whatever the others want, this much stays: a box has three rows, a pile of boxes three for each.
  var least = 3

  /// Divides the rows; the parts always add up to the whole.
  static func split(_ total: Int, _ shares: [Share]) -> [Int] {
    var rows = shares.map(\.minimum)
    var left = total - rows.reduce(0, +)
    while left < 0, let index = rows.indices.max(by: { spare($0, rows, shares) < spare($1, rows, shares) }),
      spare(index, rows, shares) > 0
    {
      rows[index] -= 1
      left += 1
    }
    for index in shares.indices where left > 0 {
      let extra = min(left, shares[index].extra)
      rows[index] += extra
      left -= extra
    }
    while left > 0, let index = neediest(rows, shares) {
      rows[index] += 1
      left -= 1
    }
    for index in shares.indices { grant(shares[index].wish, to: index, &rows, shares) }
    return rows
  }

  /// Who has least, for its weight; those without a weight only where nobody has one.
  private static func neediest(_ rows: [Int], _ shares: [Share]) -> Int? {
    let takers = rows.indices.filter { shares[$0].weight > 0 && rows[$0] < shares[$0].most }
    let weighed = rows.indices.filter { shares[$0].weight > 0 }
    return [takers, weighed, Array(rows.indices)].first { !$0.isEmpty }?
      .min { rows[$0] * max(1, shares[$1].weight) < rows[$1] * max(1, shares[$0].weight) }
  }

  /// The rows that a box can do without.
  private static func spare(_ index: Int, _ rows: [Int], _ shares: [Share]) -> Int {
    rows[index] - shares[index].least
  }

  /// Moves rows to or from one box. None ever goes below its least.
  private static func grant(_ wish: Int, to index: Int, _ rows: inout [Int], _ shares: [Share]) {
    for _ in 0..<abs(wish) {
      let others = rows.indices.filter { $0 != index }
      if wish > 0 {
        guard let giver = others.max(by: { spare($0, rows, shares) < spare($1, rows, shares) }),
          spare(giver, rows, shares) > 0
        else { return }
        rows[giver] -= 1
        rows[index] += 1
      } else {
        guard spare(index, rows, shares) > 0,
          let taker = others.max(by: { shares[$0].weight < shares[$1].weight })
        else { return }
        rows[index] -= 1
        rows[taker] += 1
      }
    }
  }
}
