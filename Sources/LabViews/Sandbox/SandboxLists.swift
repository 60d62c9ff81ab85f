import LabCanvas
import LabCatalog
import LabFacts

/// The sandbox's own panes as lines: settings, faults, runs.
enum SandboxLists {
  /// A list, and which of its rows is chosen.
  struct Rows {
    var text = ListText()
    var chosen: Int
  }

  static func title(_ pane: PaneID, all: Bool) -> String {
    switch pane {
    case .settings: all ? "Settings" : "Settings (a all)"
    case .faults: "Break it (B)"
    case .runs: "Runs"
    case .tracks, .lessons, .about, .plain, .tls, .connections, .ladder, .wire, .explain, .errors, .happened,
      .advice, .address, .visitors, .theirs, .ours, .text:
      pane.word
    }
  }

  /// Nothing for a pane that isn't a list of the sandbox.
  static func lines(_ pane: PaneID, _ state: SandboxState, _ frame: ScreenFrame, width: Int) -> Rows? {
    switch pane {
    case .settings: settings(SandboxRows(state, frame.model), frame)
    case .faults: faults(SandboxRows(state, frame.model), frame)
    case .runs: runs(SandboxRows(state, frame.model), frame, width: width)
    case .tracks, .lessons, .about, .plain, .tls, .connections, .ladder, .wire, .explain, .errors, .happened,
      .advice, .address, .visitors, .theirs, .ours, .text:
      nil
    }
  }

  private static func settings(_ rows: SandboxRows, _ frame: ScreenFrame) -> Rows {
    var list = Rows(chosen: frame.model[.settings].selection ?? rows.firstSetting)
    var actor: ActorID?
    for (index, setting) in rows.settings.enumerated() {
      if setting.actor.id != actor {
        actor = setting.actor.id
        list.text.add(head: [Span(heading(setting.actor), .strong)])
      }
      let words = rows.words(setting)
      let label = Text.pad(setting.row.label, width: 15, ellipsis: frame.glyphs.ellipsis)
      let role: Role = words.was == nil ? .text : .notice
      var line: Line = [
        Span(words.was == nil ? "  " : "* ", .notice), Span(label + " ", .dim), Span(words.value, role),
      ]
      if let was = words.was { line.append(Span("  (was \(was))", .dim)) }
      list.text.add(row: index, [line])
    }
    return list
  }

  private static func heading(_ actor: ActorDeclaration) -> String {
    let role = actor.settings.relay != nil ? "RELAY" : actor.role == .server ? "SERVER" : "CLIENT"
    return "\(role) \(actor.id)"
  }

  private static func faults(_ rows: SandboxRows, _ frame: ScreenFrame) -> Rows {
    var list = Rows(chosen: frame.model[.faults].selection ?? 0)
    var actor: ActorID?
    for (index, row) in rows.faults.enumerated() {
      if row.actor.id != actor {
        actor = row.actor.id
        list.text.add(head: [Span("at \(row.actor.id)", .strong)])
      }
      let isIn = rows.state.has(row.fault, at: row.actor.id)
      list.text.add(
        row: index, [[Span(isIn ? "[x] " : "[ ] ", isIn ? .notice : .dim), Span(row.fault.label)]])
    }
    return list
  }

  private static func runs(_ rows: SandboxRows, _ frame: ScreenFrame, width: Int) -> Rows {
    var list = Rows(chosen: frame.model[.runs].selection ?? 0)
    guard !rows.runs.isEmpty else {
      list.text.add(head: [Span("No run yet. Space runs; what client and server see stands here.", .dim)])
      return list
    }
    guard width >= 100 else { return briefRuns(rows, frame, width: width) }
    let table = Table(
      [
        .init("run", minimum: 3, priority: 9), .init("changed", minimum: 14, maximum: 34, priority: 3),
        .init("predicted", minimum: 8, maximum: 18, priority: 4), .init("", minimum: 5, priority: 5),
        .init("client saw", minimum: 16, priority: 8), .init("server saw", minimum: 16, priority: 7),
      ], ellipsis: frame.glyphs.ellipsis)
    let cells = rows.runs.map { cell($0, frame.glyphs) }
    let slots = table.fit(cells, width: width - 2)
    list.text.add(head: table.header(slots))
    for (index, cell) in cells.enumerated() { list.text.add(row: index, [table.line(cell, slots)]) }
    return list
  }

  /// Two lines each: what came out, whether it was expected, and of what change; below it what the two ends saw.
  private static func briefRuns(_ rows: SandboxRows, _ frame: ScreenFrame, width: Int) -> Rows {
    var list = Rows(chosen: frame.model[.runs].selection ?? 0)
    let half = (width - 10) / 2
    for (index, run) in rows.runs.enumerated() {
      let predicted =
        run.verdict == nil ? [] : [Span(", predicted "), verdict(run, frame.glyphs)]
      var lines: [Line] = [
        [Span("\(run.number)  ", .strong), Span(run.outcome?.kind.words ?? "")] + predicted
          + [Span("  " + run.changed, .dim)]
      ]
      if let outcome = run.outcome {
        let client = Text.pad(outcome.clientSaw, width: half, ellipsis: frame.glyphs.ellipsis)
        lines.append([
          Span("   C ", .dim), Span(client, outcome.clientFailure == nil ? .text : .failure),
          Span(" S ", .dim), Span(outcome.serverSaw, outcome.serverFailure == nil ? .text : .failure),
        ])
      }
      list.text.add(row: index, lines)
    }
    return list
  }

  private static func verdict(_ run: SandboxRun, _ glyphs: Glyphs) -> Span {
    switch run.verdict {
    case .some(true): Span("right", .good)
    case .some(false): Span("wrong", .failure)
    case nil: Span(glyphs.dash, .dim)
    }
  }

  private static func cell(_ run: SandboxRun, _ glyphs: Glyphs) -> [Line] {
    let outcome = run.outcome
    return [
      [Span(String(run.number))], [Span(run.changed)], [Span(run.prediction?.words ?? glyphs.dash)],
      [verdict(run, glyphs)],
      [Span(outcome?.clientSaw ?? glyphs.dash, outcome?.clientFailure == nil ? .text : .failure)],
      [Span(outcome?.serverSaw ?? glyphs.dash, outcome?.serverFailure == nil ? .text : .failure)],
    ]
  }
}
