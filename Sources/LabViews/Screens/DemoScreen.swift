import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The HTTPS demo: what to open, who came, and what was said.
///
///     ┌─ 1 Open this in your browser ──────────────┐
///     └────────────────────────────────────────────┘
///     ┌─ 2 Connections from browsers ──────────────┐
///     └────────────────────────────────────────────┘
///     ┌─ 3 What they sent ──┐┌─ 4 What we sent ────┐   at the right also the certificate, from 130 columns
///     └─────────────────────┘└─────────────────────┘
enum DemoScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    let demo = frame.snapshot.demo
    frame.top(
      &canvas, left: [Span("HTTPS demo", .strong), Span("  " + (demo?.url ?? ""), .dim)],
      right: topRight(demo, frame.glyphs))
    let layout = DemoLayout(canvas.size, focus: frame.model.focus, zoomed: frame.model.zoomed)
    for pane in [PaneID.address, .theirs, .ours] {
      guard let rect = layout.places[pane] else { continue }
      frame.textBox(&canvas, rect, pane, title: title(pane), document(pane, frame.model, frame.snapshot))
    }
    if let rect = layout.places[.visitors] { drawVisitors(&canvas, rect, frame) }
    if let rect = layout.certificate, let demo {
      let room = canvas.box(rect, title: "The certificate we show (c)", glyphs: frame.glyphs).inset(1, 0)
      canvas.write(lines: certificate(demo).lines(width: room.width, frame.glyphs), in: room)
    }
    frame.status(&canvas, status(frame.snapshot))
    frame.footer(&canvas)
  }

  private static func title(_ pane: PaneID) -> String {
    switch pane {
    case .address: "Open this in your browser"
    case .theirs: "What they sent"
    case .ours: "What we sent"
    case .visitors, .tracks, .lessons, .about, .plain, .tls, .connections, .ladder, .wire, .explain, .errors,
      .happened, .advice, .settings, .faults, .runs, .text:
      pane.word
    }
  }

  private static func topRight(_ demo: DemoSnapshot?, _ glyphs: Glyphs) -> Line {
    guard let demo else { return [Span("STARTING", .notice)] }
    guard demo.failure == nil else { return [Span("\(glyphs.bad) COULD NOT START", .failure)] }
    let rows = DemoVisitors(demo).rows
    let failed = rows.count { $0.isFailure }
    let dot = " \(glyphs.dot) "
    return [
      Span(glyphs.live + " RUNNING", .good),
      Span("\(dot)\(rows.count) connections\(dot)\(failed) failed", .dim),
    ]
  }

  private static func status(_ snapshot: LabSnapshot) -> String {
    guard let demo = snapshot.demo else { return "Starting the servers" }
    if let notice = snapshot.notices.last { return notice }
    let end =
      demo.keepsRunning ? "keeps running when you leave (K)" : "stops when you leave (K keeps it running)"
    return "Only reachable from this machine; \(end)."
  }

  /// The words of one of the panes.
  static func document(_ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot) -> Document {
    guard let demo = snapshot.demo else { return Document([.paragraph("Starting\u{2026}", .dim)]) }
    switch pane {
    case .address: return address(demo)
    case .theirs: return theirs(demo, model)
    case .ours: return ours(demo, model)
    case .visitors, .tracks, .lessons, .about, .plain, .tls, .connections, .ladder, .wire, .explain, .errors,
      .happened, .advice, .settings, .faults, .runs, .text:
      return Document()
    }
  }

  private static func address(_ demo: DemoSnapshot) -> Document {
    if let failure = demo.failure {
      return Document([
        .paragraph("The demo could not start: \(failure.code.rawValue).", .failure),
        .paragraph(failure.verbatim.joined(separator: " "), .text),
        .paragraph("Leave with q and try D again, or see what holds the port: ss -ltnp", .text),
      ])
    }
    var text = Document([
      .line([Span(demo.url, .strong), Span("   y copies it", .dim)]),
      .paragraph(
        "Your browser will warn first: it has never heard of our lab's CA. t shows how to trust it, and how to undo that.",
        .text),
      .paragraph(
        "SHA-256 of the CA: \(Fingerprint.short(demo.caFingerprint)) (t shows it whole)", .dim),
      .paragraph("Try this wrong one too: \(demo.plainURL)", .text),
    ])
    text.measure = 120
    return text
  }

  private static func theirs(_ demo: DemoSnapshot, _ model: AppModel) -> Document {
    guard let end = DemoVisitors(demo).chosen(model).flatMap({ demo.lab.ends[$0.end] }) else {
      return Document([.paragraph("Nobody has come yet.", .dim)])
    }
    return DemoText.theirs(end)
  }

  private static func ours(_ demo: DemoSnapshot, _ model: AppModel) -> Document {
    guard let end = DemoVisitors(demo).chosen(model).flatMap({ demo.lab.ends[$0.end] }) else {
      return Document([.paragraph("Nothing to answer yet.", .dim)])
    }
    return DemoText.ours(end)
  }

  private static func certificate(_ demo: DemoSnapshot) -> Document {
    guard let certificate = demo.certificate else { return Document([.paragraph("None yet.", .dim)]) }
    return DemoText.certificate(certificate)
  }

  private static func drawVisitors(_ canvas: inout Canvas, _ rect: Rect, _ frame: ScreenFrame) {
    let visitors = DemoVisitors(frame.snapshot.demo)
    let rows = visitors.rows
    let selection = frame.model[.visitors].selection ?? rows.count - 1
    let window = ScrollWindow(count: rows.count, height: rect.height - 3).showing(max(0, selection))
    let room = frame.box(
      &canvas, rect, .visitors, title: "Connections from browsers", note: frame.note(window, of: .visitors))
    guard !rows.isEmpty else {
      canvas.write(
        "Nobody has come yet. This list fills as they come.", x: room.x, y: room.y, role: .dim, clip: room)
      return
    }
    let table = Table(
      [
        .init("from", minimum: 7, priority: 6), .init("asked for", minimum: 9, maximum: 24, priority: 3),
        .init("offers", minimum: 6, maximum: 14, priority: 1), .init("TLS", minimum: 3, priority: 4),
        .init("result", minimum: 22, priority: 5), .init("program", minimum: 8, maximum: 20, priority: 2),
      ], ellipsis: frame.glyphs.ellipsis)
    let cells = rows.map { line($0, frame.glyphs) }
    let slots = table.fit(cells, width: room.width - 2)
    canvas.write(line: table.header(slots), x: room.x + 2, y: room.y, clip: room)
    for (row, index) in window.rows.enumerated() {
      ListRow.draw(
        &canvas, room, row + 1, table.line(cells[index], slots), chosen: index == selection,
        focused: frame.model.focus == .visitors, frame.glyphs)
    }
  }

  private static func line(_ row: DemoVisitors.Row, _ glyphs: Glyphs) -> [Line] {
    func text(_ text: String, _ role: Role = .text) -> Line {
      [Span(text.isEmpty ? glyphs.dash : text, role)]
    }
    // A further connection of the same page view stands under the first.
    let port = row.peer.map { String($0.port) } ?? "?"
    let branch = glyphs == .ascii ? "+ " : "\(glyphs.branch) "
    // The column's title says TLS.
    let version = row.version.hasPrefix("TLS ") ? String(row.version.dropFirst(4)) : row.version
    let result = row.isFailure ? "\(glyphs.bad) \(row.result)" : row.result
    return [
      text(row.beginsView ? port : branch + port), text(row.name), text(row.offered), text(version),
      text(result, row.isFailure ? .failure : .good), text(row.agent, .dim),
    ]
  }
}

/// Where the panes of the demo stand.
struct DemoLayout: Equatable {
  let places: [PaneID: Rect]
  let certificate: Rect?

  init(_ size: Size, focus: PaneID, zoomed: Bool = false) {
    let body = ScreenLines(size).body
    guard !zoomed, size.width >= 60, size.height >= 20 else {
      (places, certificate) = ([focus: body], nil)
      return
    }
    let rows = Share.split(
      body.height,
      [
        Share(minimum: 6, weight: 0, extra: 1, wish: 0),
        Share(minimum: 5, weight: 2, extra: focus == .visitors ? 3 : 0, wish: 0),
        Share(minimum: 5, weight: 2, extra: focus == .theirs || focus == .ours ? 3 : 0, wish: 0),
      ])
    let top = body.splitTop(rows[0])
    let middle = top.rest.splitTop(rows[1])
    let wide = size.width >= 130
    let list =
      wide ? middle.top.splitRight(48) : (rest: middle.top, right: Rect(x: 0, y: 0, width: 0, height: 0))
    let halves = middle.rest.splitLeft(middle.rest.width / 2)
    places = [.address: top.top, .visitors: list.rest, .theirs: halves.left, .ours: halves.rest]
    certificate = wide ? list.right : nil
  }
}
