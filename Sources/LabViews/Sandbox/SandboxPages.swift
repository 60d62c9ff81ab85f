import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The texts of the sandbox that have the screen for themselves: what differs, and two runs side by side.
enum SandboxPages {
  /// d: what differs from how it began.
  static func difference(_ state: SandboxState) -> Document {
    var text = Document()
    guard !state.changes.isEmpty else {
      text.add(.paragraph("Everything is as \(state.origin) has it.", .text))
      return text
    }
    for actor in state.setup.actors {
      let changes = state.changes.filter { $0.actor == actor.id }
      guard !changes.isEmpty else { continue }
      text.section(actor.id.rawValue)
      for change in changes {
        func said(_ text: String) -> String { text.isEmpty ? change.unset : Notation.escaped(text) }
        text.add(.row(change.label, "\(said(change.was)) -> \(said(change.now))", .text))
      }
    }
    return text
  }

  /// Y: the pair in question as shell commands.
  static func commands(_ snapshot: LabSnapshot) -> Document {
    var text = Document()
    for command in shellCommands(snapshot) {
      text.section("\(command.actor), with \(command.words.prefix(2).joined(separator: " "))")
      text.add(.command(command.line))
      if !command.unsaid.isEmpty {
        text.add(.row("can't say", command.unsaid.joined(separator: ", "), .notice))
      }
    }
    text.section("Ports")
    text.add(
      .paragraph(
        "After a run the sandbox goes on listening, so a client's command reaches it. A server's command needs the port for itself: leave the sandbox first.",
        .dim))
    return text
  }

  /// The same, to be pasted into a shell.
  static func script(_ snapshot: LabSnapshot) -> String {
    shellCommands(snapshot).map { command in
      let unsaid = command.unsaid.isEmpty ? "" : " (can't say: \(command.unsaid.joined(separator: ", ")))"
      return "# \(command.actor)\(unsaid)\n\(command.line)\n"
    }.joined()
  }

  private static func shellCommands(_ snapshot: LabSnapshot) -> [SandboxCommand] {
    guard let sandbox = snapshot.sandbox else { return [] }
    return SandboxCommands(
      sandbox.state.setup, in: sandbox.lab, identities: snapshot.catalog.identities,
      folder: snapshot.environment.certificatesPath
    ).all(for: sandbox.state.subject)
  }

  /// Outcome of one run, for one half of the comparison.
  static func outcome(_ run: SandboxRun) -> Document {
    var text = Document([.heading("Run \(run.number): \(run.changed)")])
    guard let outcome = run.outcome else { return text }
    text.add(.row("it", outcome.kind.sentence, .strong))
    text.add(.row("client saw", outcome.clientSaw, outcome.clientFailure == nil ? .text : .failure))
    text.add(.row("server saw", outcome.serverSaw, outcome.serverFailure == nil ? .text : .failure))
    return text
  }

  /// c: two runs, the older one at the left: outcomes on top, ladders below.
  static func drawComparison(_ canvas: inout Canvas, _ frame: ScreenFrame, _ left: Int, _ right: Int) {
    frame.top(&canvas, left: [Span("SANDBOX", .strong), Span("  runs \(left) and \(right)")], right: [])
    let halves = frame.lines.body.splitLeft(frame.lines.body.width / 2)
    for (number, rect) in [(left, halves.left), (right, halves.rest)] {
      guard let run = frame.snapshot.sandbox?.state.runs.first(where: { $0.number == number }) else {
        continue
      }
      let inside = canvas.box(rect, title: "Run \(number)", glyphs: frame.glyphs).inset(1, 0)
      let words = outcome(run).lines(width: inside.width, frame.glyphs)
      let parts = inside.splitTop(min(words.count + 1, inside.height / 2))
      canvas.write(lines: words, in: parts.top)
      guard let lab = run.lab else {
        canvas.write(
          "Its ladder is no longer kept.", x: parts.rest.x, y: parts.rest.y, role: .dim, clip: parts.rest)
        continue
      }
      let end = lab.newestEnd(of: run.subject)?.id
      let context = PaneContext(
        lab: lab, run: nil, catalog: frame.snapshot.catalog, glyphs: frame.glyphs,
        selectedConnection: end.flatMap { lab.connection(of: $0) })
      LadderPane.draw(&canvas, in: parts.rest, context)
    }
    frame.status(&canvas, "What the two runs showed, side by side.")
    frame.footer(&canvas)
  }
}
