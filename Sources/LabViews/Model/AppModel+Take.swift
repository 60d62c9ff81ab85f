import LabCanvas
import LabCatalog
import LabCore
import LabFacts

extension AppModel {
  /// y: the text of what has the focus.
  mutating func copyText(_ snapshot: LabSnapshot, size: Size) -> [AppCommand] {
    switch screen {
    case .demo:
      guard let url = snapshot.demo?.url else { return [] }
      return [.copy(url, what: "the address")]
    case .card:
      guard let subject = CardScreen.subject(self, snapshot) else { return [] }
      let text = CardText.whole(subject.card, snapshot.catalog, .ascii, verbatim: true)
      return [.copy(subject.card.title + "\n\n" + plain(text), what: "the card")]
    case .page(.commands): return [.copy(SandboxPages.script(snapshot), what: "the commands")]
    case .page(let page): return [.copy(plain(PageScreen.document(page, snapshot, .ascii)), what: "the text")]
    case .lesson, .sandbox:
      return [.copy(paneText(snapshot), what: "pane \(focus.number ?? 0), \(focus.word.lowercased())")]
    case .catalog, .round, .help, .comparison: return []
    }
  }

  private func plain(_ text: Document) -> String {
    text.lines(width: 96, .ascii).map(\.plainText).joined(separator: "\n") + "\n"
  }

  /// The whole pane, what is out of sight included, as characters that any editor shows.
  private func paneText(_ snapshot: LabSnapshot) -> String {
    guard let view = LessonPanes.view(focus, finished: LessonPanes.isFinished(snapshot)) else { return "" }
    var context = LessonPanes.context(focus, self, snapshot)
    context.glyphs = .ascii
    context.scroll = 0
    let height = max(view.contentHeight(context, width: 96), view.rowCount(context)) + 2
    var canvas = Canvas(Size(96, min(height, 2000)))
    view.draw(&canvas, in: Rect(canvas.size), context)
    if focus != .explain { Blanks(snapshot.run).cover(&canvas, in: Rect(canvas.size), context.glyphs) }
    var lines = canvas.asciiTwin.lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Y: a shell command that shows the same thing.
  mutating func copyCommand(_ snapshot: LabSnapshot) -> [AppCommand] {
    if screen == .sandbox {
      stack.append(.page(.commands))
      return []
    }
    guard let command = command(snapshot) else {
      let isOther = screen.page.map { !$0.isOfDemo } ?? false
      message = isOther ? "No command shows this page." : "There is no command for this yet: nothing listens."
      return []
    }
    return [.copy(command, what: Blanks(snapshot.run).hide(command))]
  }

  private func command(_ snapshot: LabSnapshot) -> String? {
    switch screen {
    case .demo: return snapshot.demo.flatMap(ShellCommand.curl)
    case .page(let page): return page.isOfDemo ? snapshot.demo.flatMap(ShellCommand.curl) : nil
    case .card: return CardScreen.subject(self, snapshot)?.card.check.first?.run
    case .lesson, .sandbox: return ShellCommand.forPane(focus, self, snapshot)
    case .catalog, .round, .help, .comparison: return nil
    }
  }
}
