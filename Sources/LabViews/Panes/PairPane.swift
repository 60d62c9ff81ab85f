package import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// One half of the lesson: a server, what it has accepted, its clients, and what was said.
///
///     srv  LISTEN 127.0.0.1:7443  queue 0/5  fd 8
///     └ #1 ↔ 51572 TLS 1.3   #2 ↔ 51586 TLS 1.3
///     cli1  51572 ▒▶ 7443  TLS 1.3  sent "Sabine"  got "Hey Sabine!"
///     cli2  51586 ═▶ 7443  handshaking: waits for ServerHello  held: ClientHello
///     ! cli2 unknown-ca  decided here
///     TLS_AES_256_GCM_SHA384 · X25519  cert CN=netlab.test  verify 0 ok
enum PairPane {
  static func lines(_ side: PairSide, _ context: PaneContext, width: Int) -> [WeightedLine] {
    let actors = side.actors(context)
    guard !actors.isEmpty else { return [WeightedLine(1, PartLine("no program on this side", .dim))] }
    return PairRows(context, width: width).all(of: actors)
  }

  static func draw(_ side: PairSide, _ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    draw(lines(side, context, width: rect.width), &canvas, in: rect, context, scrolls: context.zoomed)
  }

  /// What weighs most, where there is no room for everything; a pane that has the screen for itself scrolls.
  fileprivate static func draw(
    _ all: [WeightedLine], _ canvas: inout Canvas, in rect: Rect, _ context: PaneContext, scrolls: Bool
  ) {
    guard scrolls else {
      let shown = WeightedLine.fit(all, width: rect.width, height: rect.height, context.glyphs)
      canvas.write(lines: shown, in: rect)
      return
    }
    let lines = all.map { $0.line.fit(rect.width, context.glyphs) }
    let window = ScrollWindow(count: lines.count, height: rect.height, offset: context.scroll)
    canvas.write(lines: lines, in: rect, offset: window.offset)
  }
}

/// The programs on the left.
package enum PlainPairPane: PaneView {
  package static func title(_ context: PaneContext) -> String { PairSide.left.title(context) }
  package static func rowCount(_ context: PaneContext) -> Int { 0 }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    PairPane.lines(.left, context, width: width).count
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    PairPane.draw(.left, &canvas, in: rect, context)
  }
}

/// The programs on the right.
package enum TLSPairPane: PaneView {
  package static func title(_ context: PaneContext) -> String { PairSide.right.title(context) }
  package static func rowCount(_ context: PaneContext) -> Int { 0 }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    PairPane.lines(.right, context, width: width).count
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    PairPane.draw(.right, &canvas, in: rect, context)
  }
}

/// Both halves in one list, for narrow screens: `P` before the plain half, `T` before the one with
/// TLS.
package enum MergedPairPane: PaneView {
  package static func title(_ context: PaneContext) -> String { "PLAIN and TLS" }
  package static func rowCount(_ context: PaneContext) -> Int { 0 }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    lines(context, width: width).count
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    PairPane.draw(lines(context, width: rect.width), &canvas, in: rect, context, scrolls: true)
  }

  private static func lines(_ context: PaneContext, width: Int) -> [WeightedLine] {
    let letters = letters(context)
    return [(PairSide.left, letters.left), (.right, letters.right)].flatMap { side, letter in
      PairPane.lines(side, context, width: width - 2).map { row in
        var line = PartLine(letter, .dim)
        line.gap = 1
        line.add(row.line.fit(width - 2, context.glyphs))
        var merged = row
        merged.line = line
        return merged
      }
    }
  }

  /// `P` and `T` where that tells the halves apart, otherwise `L` and `R`.
  private static func letters(_ context: PaneContext) -> (left: String, right: String) {
    let (left, right) = (letter(.left, context), letter(.right, context))
    return left == right ? ("L", "R") : (left, right)
  }

  private static func letter(_ side: PairSide, _ context: PaneContext) -> String {
    let isTLS = side.actors(context).contains { actor in
      (context.lesson?.actor(actor)?.transport ?? context.lab.transport(of: actor)) == .tls
    }
    return isTLS ? "T" : "P"
  }
}
