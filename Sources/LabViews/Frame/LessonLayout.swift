package import LabCanvas

/// Where everything of the lesson screen stands. One pure function of the size and what is looked at.
///
///     wide ≥ 140×40        middle ≥ 100×30        small ≥ 80×22        tabs
///     ┌──────┬───────┐     ┌──────┬───────┐       ┌─────┬─────┐        6 Explain 3 Conn …
///     │ 1    │ 2     │     │ 1    │ 2     │       │ 1   │ 2   │        ┌───────────┐
///     ├──────┴─┬─────┤     ├──────┴─┬─────┤       ├─────┴─────┤        │ one pane  │
///     │ 3      │ 4   │     │ 3      │ 4   │       │ 3         │        │ at a time │
///     ├───┬────┤     │     ├────────┤     │       ├───────────┤        └───────────┘
///     │ 5 │ 6  ├─────┤     │ 6 5 7  │     │       │ 6 4 5 7   │
///     └───┴────┴──7──┘     └────────┴─────┘       └───────────┘
package struct LessonLayout: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case wide
    case middle
    case small
    /// One pane at a time.
    case tabs

    package init(_ size: Size) {
      self =
        if size.width >= 140, size.height >= 40 {
          .wide
        } else if size.width >= 100, size.height >= 30 {
          .middle
        } else if size.width >= 80, size.height >= 22 {
          .small
        } else {
          .tabs
        }
    }
  }

  /// One box.
  package struct Place: Equatable, Sendable {
    package let pane: PaneID
    package let rect: Rect
    /// The panes that take turns in it, itself among them; empty where it has the place alone.
    package let tabs: [PaneID]

    init(_ pane: PaneID, _ rect: Rect, tabs: [PaneID] = []) {
      self.pane = pane
      self.rect = rect
      self.tabs = tabs
    }
  }

  package let kind: Kind
  package let lines: ScreenLines
  /// The line of tabs, where one pane is shown at a time.
  package let strip: Rect?
  package let places: [Place]

  /// `needs` are the rows that panes have a use for, their boxes included: where room is scarce they are not
  /// given more.
  package init(
    _ size: Size, focus: PaneID, tab: PaneID = .explain, watch: PaneID? = nil, zoomed: Bool = false,
    growth: [PaneID: Int] = [:], needs: [PaneID: Int] = [:], contrast: Bool = false
  ) {
    kind = Kind(size)
    lines = ScreenLines(size)
    var body = lines.body
    let look = Look(
      focus: focus, tab: tab, watch: focus == .connections ? nil : watch, growth: growth, needs: needs)
    guard kind != .tabs else {
      let split = body.splitTop(body.height >= 6 ? 1 : 0)
      strip = split.top.isEmpty ? nil : split.top
      body = split.rest
      places = [Place(focus, body)]
      return
    }
    strip = nil
    if zoomed {
      places = [Place(focus, body)]
      return
    }
    places =
      switch kind {
      case .wide: contrast ? LessonLayout.contrast(body, look) : LessonLayout.wide(body, look)
      // A ladder at the side would be too narrow for two.
      case .middle: contrast ? LessonLayout.small(body, look) : LessonLayout.middle(body, look)
      case .small, .tabs: LessonLayout.small(body, look)
      }
  }

  /// The box of a pane, where it is shown.
  package func rect(of pane: PaneID) -> Rect? { places.first { $0.pane == pane }?.rect }

  /// The pane under a cell.
  package func pane(atX x: Int, y: Int) -> PaneID? {
    places.first { x >= $0.rect.x && x < $0.rect.right && y >= $0.rect.y && y < $0.rect.bottom }?.pane
  }

  private struct Look {
    let focus: PaneID
    let tab: PaneID
    let watch: PaneID?
    let growth: [PaneID: Int]
    let needs: [PaneID: Int]

    /// What stands in the place of the connections, and what takes turns below it.
    func middle(among tabs: [PaneID]) -> (pane: PaneID, tabs: [PaneID], shown: PaneID) {
      let pane = watch.flatMap { tabs.contains($0) ? $0 : nil } ?? .connections
      let rest = tabs.filter { $0 != pane }
      return (pane, rest, rest.contains(tab) ? tab : .explain)
    }

    /// What a row of boxes weighs: more where the focus is, more still where the person asked for it.
    func share(
      _ panes: [PaneID], shown: [PaneID]? = nil, minimum: Int, weight: Int, focused: Int
    ) -> Share {
      let most = max(6, (shown ?? panes).reduce(0) { max($0, needs[$1] ?? Int.max) })
      let least = min(minimum, most)
      return Share(
        minimum: least, weight: weight, extra: panes.contains(focus) ? min(focused, most - least) : 0,
        wish: panes.reduce(0) { $0 + (growth[$1] ?? 0) }, most: most)
    }
  }

  private static func wide(_ body: Rect, _ look: Look) -> [Place] {
    let rows = Share.split(
      body.height,
      [
        look.share([.plain, .tls], minimum: 8, weight: 1, focused: 0),
        look.share([.connections], minimum: 9, weight: 1, focused: 0),
        look.share([.wire, .explain], minimum: 16, weight: 2, focused: 0),
      ])
    let pairs = body.splitTop(rows[0])
    let (plain, tls) = halves(pairs.top)
    let right = max(46, body.width * 3 / 10)
    let columns = pairs.rest.splitRight(right)
    let left = columns.rest.splitTop(rows[1])
    let bottom = left.rest.splitLeft(left.rest.width * 47 / 100)
    let side = Share.split(
      columns.right.height,
      [
        look.share([.ladder], minimum: 16, weight: 3, focused: 0),
        // What the lesson points at gets room for the whole of a row below the table.
        look.share([.errors], minimum: look.watch == .errors ? 11 : 6, weight: 1, focused: 3),
      ])
    let ladder = columns.right.splitTop(side[0])
    return [
      Place(.plain, plain), Place(.tls, tls), Place(.connections, left.top), Place(.ladder, ladder.top),
      Place(.wire, bottom.left), Place(.explain, bottom.rest), Place(.errors, ladder.rest),
    ]
  }

  /// Two ladders side by side, and beside them everything else.
  ///
  ///     ┌──────┬───────┐
  ///     │ 1    │ 2     │
  ///     ├────────┬─────┤
  ///     │ 4      │ 6   │
  ///     │        ├─────┤
  ///     ├────────┤ 3   │
  ///     │ 5      ├──7──┘
  private static func contrast(_ body: Rect, _ look: Look) -> [Place] {
    var below = look.share([.ladder, .wire, .explain], minimum: 28, weight: 4, focused: 0)
    below.least = 9
    let rows = Share.split(
      body.height, [look.share([.plain, .tls], minimum: 7, weight: 1, focused: 0), below])
    let pairs = body.splitTop(rows[0])
    let (plain, tls) = halves(pairs.top)
    let columns = pairs.rest.splitRight(max(52, body.width * 38 / 100))
    let left = Share.split(
      columns.rest.height,
      [
        look.share([.ladder], minimum: 16, weight: 3, focused: 0),
        look.share([.wire], minimum: 7, weight: 1, focused: 2),
      ])
    let ladder = columns.rest.splitTop(left[0])
    let right = Share.split(
      columns.right.height,
      [
        look.share([.explain], minimum: 13, weight: 3, focused: 0),
        look.share([.connections], minimum: 7, weight: 1, focused: 2),
        look.share([.errors], minimum: 5, weight: 1, focused: 1),
      ])
    let explain = columns.right.splitTop(right[0])
    let connections = explain.rest.splitTop(right[1])
    return [
      Place(.plain, plain), Place(.tls, tls), Place(.connections, connections.top),
      Place(.ladder, ladder.top),
      Place(.wire, ladder.rest), Place(.explain, explain.top), Place(.errors, connections.rest),
    ]
  }

  private static func middle(_ body: Rect, _ look: Look) -> [Place] {
    let middle = look.middle(among: [.explain, .wire, .errors])
    let rows = Share.split(
      body.height,
      [
        look.share([.plain, .tls], minimum: 6, weight: 1, focused: 1),
        look.share([middle.pane], minimum: 6, weight: 1, focused: 1),
        look.share(middle.tabs, shown: [middle.shown], minimum: 10, weight: 2, focused: 2),
      ])
    let pairs = body.splitTop(rows[0])
    let (plain, tls) = halves(pairs.top)
    let columns = pairs.rest.splitRight(ladderWidth(body.width))
    let left = columns.rest.splitTop(rows[1])
    return [
      Place(.plain, plain), Place(.tls, tls), Place(middle.pane, left.top), Place(.ladder, columns.right),
      Place(middle.shown, left.rest, tabs: middle.tabs),
    ]
  }

  private static func small(_ body: Rect, _ look: Look) -> [Place] {
    let middle = look.middle(among: AppModel.tabbed)
    let rows = Share.split(
      body.height,
      [
        look.share([.plain, .tls], minimum: 5, weight: 1, focused: 2),
        look.share([middle.pane], minimum: 5, weight: middle.pane == .connections ? 1 : 2, focused: 3),
        look.share(
          middle.tabs, shown: [middle.shown], minimum: 8, weight: 2, focused: middle.shown == .explain ? 3 : 1
        ),
      ])
    let pairs = body.splitTop(rows[0])
    let (plain, tls) = halves(pairs.top)
    let rest = pairs.rest.splitTop(rows[1])
    return [
      Place(.plain, plain), Place(.tls, tls), Place(middle.pane, rest.top),
      Place(middle.shown, rest.rest, tabs: middle.tabs),
    ]
  }

  private static func ladderWidth(_ width: Int) -> Int { max(38, width * 36 / 100) }

  /// The columns inside the boxes of a pair and of the panes below, where they share the rows; nil where
  /// they do not.
  static func widths(_ size: Size, contrast: Bool = false) -> (pair: Int, middle: Int)? {
    switch Kind(size) {
    case .wide, .tabs: nil
    case .middle where contrast: (size.width / 2 - 4, size.width - 4)
    case .middle: (size.width / 2 - 4, size.width - ladderWidth(size.width) - 4)
    case .small: (size.width / 2 - 4, size.width - 4)
    }
  }

  private static func halves(_ rect: Rect) -> (Rect, Rect) { rect.splitLeft(rect.width / 2) }
}
