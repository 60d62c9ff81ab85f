package import LabCanvas
package import LabCatalog
package import LabCore

/// Everything a pane looks at when it draws itself. A pane draws the inside of its box; the screen draws
/// the box, its title and the focus.
package struct PaneContext: Equatable, Sendable {
  /// The lab, live or as it was at the moment looked back to.
  package var lab: LabState
  /// Absent where no lesson is open.
  package var run: LessonRun?
  package var catalog: Catalog
  package var glyphs: Glyphs
  package var focused: Bool
  /// The row the person moved to, from 0. Absent until they move: the pane then follows what is newest.
  package var selection: Int?
  /// Lines scrolled down, for panes that scroll by lines (explain).
  package var scroll: Int
  /// The explain pane shows its newest hint.
  package var followsNews = false
  /// The wire pane keeps this byte of the chosen record in sight.
  package var byteInSight: Int?
  /// The wire pane shows rows of 16 bytes without names.
  package var rawHex: Bool
  /// The connection chosen by the person. Absent: the newest one with TLS.
  package var selectedConnection: Connection?
  /// The pane has the whole screen.
  package var zoomed: Bool
  /// What the person has made of the open question so far: keys chosen, or items in their order.
  package var draft: [String] = []
  /// The lesson that follows, once this one has ended.
  package var next: Lesson?
  /// Which program stands where: the open lesson, or the one a saved run is of.
  package var lesson: Lesson?
  /// What is said of the past, while it is shown.
  package var past: PastNote?

  package init(
    lab: LabState, run: LessonRun?, catalog: Catalog, glyphs: Glyphs = .unicode, focused: Bool = false,
    selection: Int? = nil, scroll: Int = 0, rawHex: Bool = false, selectedConnection: Connection? = nil,
    zoomed: Bool = false
  ) {
    self.lab = lab
    self.run = run
    lesson = run?.lesson
    self.catalog = catalog
    self.glyphs = glyphs
    self.focused = focused
    self.selection = selection
    self.scroll = scroll
    self.rawHex = rawHex
    self.selectedConnection = selectedConnection
    self.zoomed = zoomed
  }
}

/// A part of the lesson screen that draws the inside of its box.
///
/// `rowCount` is how many rows can be selected (0: none), `contentHeight` how many lines there are to
/// show at a width. Drawing clips and never fails.
package protocol PaneView {
  static func title(_ context: PaneContext) -> String
  static func rowCount(_ context: PaneContext) -> Int
  static func contentHeight(_ context: PaneContext, width: Int) -> Int
  /// How many lines of it a room of this size does not show.
  static func hiddenLines(_ context: PaneContext, in room: Size) -> Int
  static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext)
}

extension PaneView {
  package static func hiddenLines(_ context: PaneContext, in room: Size) -> Int {
    max(0, contentHeight(context, width: room.width) - room.height)
  }
}
