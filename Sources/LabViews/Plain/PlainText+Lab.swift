import LabCanvas
import LabCatalog
import LabCore
import LabFacts

extension PlainText {
  /// The kernel's table, one socket a line.
  static func kernel(_ lab: LabState) -> [String] {
    let rows = KernelTable(lab).rows
    guard !rows.isEmpty else { return ["Kernel: no sockets of this lesson."] }
    return rows.map { row in
      let owner = row.owner ?? "no program"
      let new = row.isNew ? ", new" : ""
      guard row.socket.state != .listen else {
        return
          "Kernel: \(owner), port \(row.socket.local.port), \(row.socket.state.name), queue \(row.socket.receiveQueue) of \(row.socket.sendQueue)\(new)."
      }
      return
        "Kernel: \(owner), port \(row.socket.local.port) with port \(row.socket.peer.port), \(row.socket.state.name)\(new)."
    }
  }

  /// What was said at the ends of an actor; of all actors where none is named.
  static func words(_ lab: LabState?, of name: String) -> [String] {
    let ends = lab.map { lab in lab.endOrder.compactMap { lab.ends[$0] } } ?? []
    let wanted = ends.filter { name.isEmpty || [$0.id.actor.rawValue, $0.label].contains(name) }
    guard !wanted.isEmpty else { return ["Nobody of that name has had a connection."] }
    return wanted.flatMap { DataText.dialogue(of: $0, named: PlainEvents.name($0)) }
  }

  /// The card of the newest error as text; of an actor where one is named.
  static func newestCard(_ lab: LabState?, _ catalog: Catalog, of actor: String = "") -> [String] {
    let entry = lab?.failures.elements.last {
      actor.isEmpty || $0.actor.rawValue == actor
    }
    guard let lab, let entry else { return ["No errors so far\(actor.isEmpty ? "" : " at \(actor.safe)")."] }
    let card = catalog.explain(entry.failure, end: entry.end, actor: entry.actor, in: lab)
    let text = CardText.whole(card, catalog, .ascii, verbatim: true)
    return ["Error: \(card.title)"] + text.lines(width: 96, .ascii).map(\.plainText).filter { !$0.isEmpty }
  }

  static func demo(_ demo: DemoSnapshot) -> [String] {
    if let failure = demo.failure {
      return [
        "The demo could not start: \(failure.code.rawValue). " + failure.verbatim.joined(separator: " ")
      ]
    }
    return [
      "The demo runs. Open this in a browser on this machine: \(demo.url)",
      "The browser will warn first: it has never heard of the lab's CA. t tells how to trust it.",
      "Fingerprint to compare, SHA-256: \(demo.caFingerprint)",
    ]
  }

  static func visitor(_ row: DemoVisitors.Row) -> String {
    let program = row.agent.isEmpty ? "" : ", \(row.agent)"
    let version = row.version.isEmpty ? "" : ", \(row.version)"
    let outcome = row.isFailure ? "error \(row.result)" : row.result
    return "Event: connection from port \(row.peer?.port ?? 0)\(version): \(outcome)\(program)."
  }

  static func trust(_ demo: DemoSnapshot) -> [String] {
    var lines = ["CA file: \(demo.caPath)"] + TrustGuide.preface(fingerprint: demo.caFingerprint)
    for guide in demo.trustSteps {
      lines.append("\(guide.title):")
      lines += guide.steps.enumerated().flatMap { steps($1, "  \($0 + 1)  ") }
      lines += guide.undo.flatMap { steps($0, "  Undo: ") }
    }
    return lines
  }

  private static func steps(_ step: String, _ mark: String) -> [String] {
    step.split(separator: "\n").enumerated().map { ($0 == 0 ? mark : "     ") + $1 }
  }
}

/// Marks taken out of text.
enum LineText {
  static func withoutEmphasis(_ text: String) -> String { Text.emphasis(text).plainText }
}
