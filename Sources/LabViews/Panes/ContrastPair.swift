import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// Two connections whose ladders stand side by side: one of each half of the lesson.
struct ContrastPair {
  let left: PaneConnection?
  let right: PaneConnection?
  /// The half that the cursor is in: where the chosen connection is.
  let active: PairSide

  /// Nothing where the lesson does not want it so, or no connection is there yet.
  init?(_ context: PaneContext) {
    guard context.lesson?.layout.contrast == true, let chosen = PaneConnection(context) else { return nil }
    active = ContrastPair.holds(chosen, PairSide.left.actors(context)) ? .left : .right
    left = active == .left ? chosen : ContrastPair.newest(.left, context)
    right = active == .right ? chosen : ContrastPair.newest(.right, context)
  }

  func connection(_ side: PairSide) -> PaneConnection? { side == .left ? left : right }

  /// `TLS 1.2 · c12 ↔ s12`.
  func title(_ side: PairSide, _ context: PaneContext) -> String {
    let name = side.name(context)
    return connection(side).map { "\(name) \(context.glyphs.dot) \($0.name(context.glyphs))" } ?? name
  }

  private static func newest(_ side: PairSide, _ context: PaneContext) -> PaneConnection? {
    let actors = side.actors(context)
    let all = context.lab.connections.map { PaneConnection($0, context.lab) }.filter { holds($0, actors) }
    return all.last(where: \.isTLS) ?? all.last
  }

  private static func holds(_ pair: PaneConnection, _ actors: [ActorID]) -> Bool {
    [pair.client, pair.server].contains { end in end.map { actors.contains($0.id.actor) } ?? false }
  }
}

extension LadderPane {
  /// Narrower columns than this can't hold a message and its arrow.
  static let narrowestColumn = 30

  /// Both ladders, with the words about the chosen rung below them.
  ///
  ///     TLS 1.2 · c12 ↔ s12        │ ▸TLS 1.3 · c13 ↔ s13
  ///     client 5157    server 7951 │ client 5158    server 7953
  ///     │ ClientHello ════════════▶│ │ ClientHello ════════════▶│
  static func drawContrast(
    _ canvas: inout Canvas, in rect: Rect, _ pair: ContrastPair, _ context: PaneContext
  ) {
    let chosenRows = rows(context)
    let chosen = chosen(chosenRows, context)
    let (area, below, words) = contrastParts(rect, pair, context)
    canvas.write(lines: LadderDetail.cut(words, to: below.height, below.width, context.glyphs), in: below)
    let (left, rest) = area.splitLeft((area.width - 2) / 2)
    let right = Rect(x: rest.x + 2, y: rest.y, width: min(left.width, rest.width - 2), height: rest.height)
    for (side, column) in [(PairSide.left, left), (.right, right)] {
      drawColumn(
        &canvas, in: column, side, pair, chosen: side == pair.active ? chosen : nil,
        twin: chosen.map { chosenRows[$0] }, context)
    }
  }

  /// Where both ladders stand, and the words about the chosen rung.
  static func contrastParts(
    _ rect: Rect, _ pair: ContrastPair, _ context: PaneContext
  ) -> (ladders: Rect, words: Rect, lines: [Line]) {
    let rows = rows(context)
    let chosen = chosen(rows, context)
    // Where rows are scarce the ladders get them all.
    guard let shown = pair.connection(pair.active), rect.height >= 14 || chosen != nil,
      let row = subject(rows, chosen: chosen)
    else { return (rect, Rect(x: rect.x, y: rect.bottom, width: rect.width, height: 0), []) }
    let words = LadderDetail(context: context, pair: shown).lines(rows[row], width: min(76, rect.width))
    let most = detailHeight(rect.height)
    let (ladders, below) = rect.splitBottom(chosen == nil ? min(most, words.count) : most)
    return (ladders, below, words)
  }

  private static func drawColumn(
    _ canvas: inout Canvas, in rect: Rect, _ side: PairSide, _ pair: ContrastPair, chosen: Int?,
    twin: LadderRow?, _ context: PaneContext
  ) {
    let isActive = side == pair.active
    let title = (isActive ? "\(context.glyphs.marker) " : "  ") + pair.title(side, context)
    let (head, room) = rect.splitTop(1)
    canvas.write(
      Text.clip(title, width: head.width, ellipsis: context.glyphs.ellipsis), x: head.x, y: head.y,
      role: isActive ? .strong : .dim, clip: head)
    guard let connection = pair.connection(side) else {
      canvas.write("No connection yet.", x: room.x, y: room.y, role: .dim, clip: room)
      return
    }
    var own = context
    own.selectedConnection = connection.connection
    own.focused = context.focused && isActive
    let all = rows(own)
    // The other ladder turns to the same message, where it has one.
    let inSight = isActive ? nil : twin.flatMap { twin in all.firstIndex { $0.says(twin) } }
    drawLadder(&canvas, in: room, all, chosen, connection, own, endsAtNews: true, inSight: inSight)
  }
}

extension LadderRow {
  /// Is it the same message by the same side, however long?
  fileprivate func says(_ other: LadderRow) -> Bool {
    guard rung.side == other.rung.side, case .message(let mine) = rung.kind,
      case .message(let theirs) = other.rung.kind
    else { return false }
    return mine.type == theirs.type
  }
}
