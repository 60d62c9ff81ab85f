/// How far words are apart, to name the one that was meant.
package enum Spelling {
  /// The nearest candidate, where one is near enough to be worth naming.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = max(1, min(3, word.count / 3))
    let ranked = candidates.map { ($0, distance(word, $0)) }.filter { $0.1 <= limit }
    return ranked.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0 ?? candidates.sorted().first { begins($0, word) }
  }

  private static func begins(_ candidate: String, _ word: String) -> Bool {
    word.count >= 3 && (candidate.hasPrefix(word) || (word.hasPrefix(candidate) && candidate.count >= 3))
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.
  private static func distance(_ a: String, _ b: String) -> Int {
    let (x, y) = (Array(a), Array(b))
    guard !x.isEmpty else { return y.count }
    guard !y.isEmpty else { return x.count }
    var before = [Int](repeating: 0, count: y.count + 1)
    var above = Array(0...y.count)
    for i in 1...x.count {
      var row = [i] + [Int](repeating: 0, count: y.count)
      for j in 1...y.count {
        let change = above[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1)
        row[j] = min(above[j] + 1, row[j - 1] + 1, change)
        if i > 1, j > 1, x[i - 1] == y[j - 2], x[i - 2] == y[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      (before, above) = (above, row)
    }
    return above[y.count]
  }
}
