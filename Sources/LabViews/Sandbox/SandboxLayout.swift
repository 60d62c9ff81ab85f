import LabCanvas

/// Where the panes of the sandbox stand.
///
///     wide ≥ 140×40                small ≥ 80×22               tabs
///     ┌───┬───┬──────┐             ┌──────┬──────┐             1 Settings 2 Faults …
///     │ 1 │ 2 │ 4    │             │ 1    │ 2    │             ┌───────────┐
///     │   │   ├──────┤             │      │      │             │ one pane  │
///     │   │   │ 3 5 7│             ├──────┴──────┤             │ at a time │
///     ├───┴───┴──────┤             │ 6 3 4 5 7   │             └───────────┘
///     │ 6            │             └─────────────┘
///     └──────────────┘
struct SandboxLayout: Equatable {
  struct Place: Equatable {
    let pane: PaneID
    let rect: Rect
    let tabs: [PaneID]
  }

  let places: [Place]
  let strip: Rect?

  init(_ size: Size, focus: PaneID, tab: PaneID, zoomed: Bool) {
    var body = ScreenLines(size).body
    guard size.width >= 80, size.height >= 22 else {
      let split = body.splitTop(body.height >= 6 ? 1 : 0)
      strip = split.top.isEmpty ? nil : split.top
      body = split.rest
      places = [Place(pane: focus, rect: body, tabs: [])]
      return
    }
    strip = nil
    if zoomed {
      places = [Place(pane: focus, rect: body, tabs: [])]
      return
    }
    places =
      size.width >= 140 && size.height >= 40
      ? SandboxLayout.wide(body, tab) : SandboxLayout.small(body, tab)
  }

  private static func wide(_ body: Rect, _ tab: PaneID) -> [Place] {
    let rows = body.splitBottom(max(9, body.height / 4))
    let settings = rows.rest.splitLeft(48)
    let faults = settings.rest.splitLeft(38)
    let right = faults.rest.splitTop(faults.rest.height * 3 / 5)
    let others: [PaneID] = [.connections, .wire, .errors]
    return [
      Place(pane: .settings, rect: settings.left, tabs: []),
      Place(pane: .faults, rect: faults.left, tabs: []),
      Place(pane: .ladder, rect: right.top, tabs: []),
      Place(pane: others.contains(tab) ? tab : .connections, rect: right.rest, tabs: others),
      Place(pane: .runs, rect: rows.bottom, tabs: []),
    ]
  }

  private static func small(_ body: Rect, _ tab: PaneID) -> [Place] {
    let bottom = body.splitBottom(max(8, body.height * 2 / 5))
    let columns = bottom.rest.splitLeft(body.width / 2)
    let tabs: [PaneID] = [.runs, .connections, .ladder, .wire, .errors]
    return [
      Place(pane: .settings, rect: columns.left, tabs: []),
      Place(pane: .faults, rect: columns.rest, tabs: []),
      Place(pane: tabs.contains(tab) ? tab : .runs, rect: bottom.bottom, tabs: tabs),
    ]
  }
}
