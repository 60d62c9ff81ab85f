package import LabCanvas
package import LabCatalog
import LabCore

/// Everything a person sees, as one function of the two states and the size.
package enum AppScreen {
  package static func render(_ model: AppModel, _ snapshot: LabSnapshot, size: Size) -> Canvas {
    var canvas = Canvas(size)
    let snapshot = model.isInSandbox ? snapshot.inSandbox : snapshot
    let frame = ScreenFrame(model, snapshot, size)
    switch model.screen {
    case .catalog: CatalogScreen.draw(&canvas, frame)
    case .lesson: LessonScreen.draw(&canvas, frame)
    case .card:
      CardScreen.draw(&canvas, frame)
      Blanks(snapshot.run).cover(&canvas, in: frame.lines.body, frame.glyphs)
    case .demo: DemoScreen.draw(&canvas, frame)
    case .page(let page): PageScreen.draw(&canvas, frame, page)
    case .sandbox: SandboxScreen.draw(&canvas, frame)
    case .comparison(let left, let right): SandboxPages.drawComparison(&canvas, frame, left, right)
    case .round: RoundScreen.draw(&canvas, frame)
    case .help(let mode): HelpScreen.draw(&canvas, frame, mode)
    }
    Overlays.draw(&canvas, frame)
    return model.ascii ? canvas.asciiTwin : canvas
  }

  /// The box of a pane of the screen on top; empty where it is not shown.
  static func rect(of pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) -> Rect {
    places(model, snapshot, size)[pane] ?? Rect(x: 0, y: 0, width: 0, height: 0)
  }

  /// The pane under a cell.
  static func pane(atX x: Int, y: Int, _ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) -> PaneID? {
    places(model, snapshot, size).first { _, rect in
      x >= rect.x && x < rect.right && y >= rect.y && y < rect.bottom
    }?.key
  }

  /// The pane whose tab is under a cell.
  static func tab(atX x: Int, y: Int, _ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) -> PaneID? {
    let errors = snapshot.lab.failures.total
    switch model.screen {
    case .lesson:
      let layout = LessonScreen.layout(model, snapshot, size)
      if let strip = layout.strip, y == strip.y {
        return TabStrip.pane(
          at: x - strip.x, TabStrip.ofLesson, shown: TabStrip.shownInLesson(model), errors: errors,
          width: strip.width, merged: true)
      }
      return layout.places.lazy.compactMap {
        TabStrip.pane(atX: x, y: y, in: $0.rect, $0.tabs, shown: $0.pane, model, errors: errors)
      }.first
    case .sandbox:
      let layout = SandboxScreen.layout(model, size)
      if let strip = layout.strip, y == strip.y {
        return TabStrip.pane(
          at: x - strip.x, PaneID.ofSandbox, shown: model.focus, errors: errors, width: strip.width)
      }
      return layout.places.lazy.compactMap {
        TabStrip.pane(atX: x, y: y, in: $0.rect, $0.tabs, shown: $0.pane, model, errors: errors)
      }.first
    case .catalog, .card, .demo, .page, .round, .help, .comparison: return nil
    }
  }

  private static func places(_ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) -> [PaneID: Rect] {
    switch model.screen {
    case .catalog: return CatalogLayout(size, focus: model.focus, zoomed: model.zoomed).places
    case .lesson:
      let places = LessonScreen.layout(model, snapshot, size).places.map { ($0.pane, $0.rect) }
      return Dictionary(places, uniquingKeysWith: { first, _ in first })
    case .card:
      let layout = CardScreen.layout(model, snapshot, size)
      return Dictionary(layout.texts, uniquingKeysWith: { first, _ in first })
    case .demo: return DemoLayout(size, focus: model.focus, zoomed: model.zoomed).places
    case .sandbox:
      let places = SandboxScreen.layout(model, size).places.map { ($0.pane, $0.rect) }
      return Dictionary(places, uniquingKeysWith: { first, _ in first })
    case .page, .round, .help, .comparison: return [.text: ScreenLines(size).body]
    }
  }
}
