/// An order that is not the right one, and the same each time: no chance is involved.
enum Shuffle {
  /// Positions of the items in the order to show them.
  static func positions(of items: [String], seed: String) -> [Int] {
    let right = Array(items.indices)
    guard items.count > 1 else { return right }
    var state = (items + [seed]).joined(separator: "\n").utf8.reduce(14_695_981_039_346_656_037 as UInt64) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    var shown = right
    for index in stride(from: shown.count - 1, to: 0, by: -1) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      shown.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
    }
    return shown == right ? Array(shown.dropFirst()) + [shown[0]] : shown
  }
}
