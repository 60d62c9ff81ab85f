import LabCanvas
import LabCatalog
import Testing

@testable import LabViews

@Suite struct LessonLayoutTests {
  private static let sizes: [Size] = stride(from: 20, through: 400, by: 9).flatMap { width in
    stride(from: 5, through: 120, by: 5).map { Size(width, $0) }
  }

  @Test(arguments: PaneID.ofLesson)
  func `panes stay inside, never overlap, and have three rows at least`(focus: PaneID) {
    for size in Self.sizes + [Size(79, 23), Size(80, 22), Size(80, 24), Size(100, 30), Size(140, 40)] {
      for zoomed in [false, true] {
        for growth in [[:], [focus: 9], [focus: -9], [focus: 40], [focus: -40]] {
          for (watch, contrast) in [
            (PaneID?.none, false), (.ladder, false), (.errors, false), (.ladder, true),
          ] {
            let layout = LessonLayout(
              size, focus: focus, tab: .explain, watch: watch, zoomed: zoomed, growth: growth,
              contrast: contrast)
            check(layout.places.map(\.rect), layout.lines, size)
          }
        }
      }
    }
  }

  private func check(_ rects: [Rect], _ lines: ScreenLines, _ size: Size) {
    var owners: Set<Int> = []
    for rect in rects {
      #expect(rect.x >= 0 && rect.right <= size.width, "\(size)")
      #expect(rect.y >= lines.top.bottom && rect.bottom <= lines.footer.y, "\(size)")
      #expect(rect.height >= 3, "\(size)")
      for y in rect.y..<rect.bottom {
        for x in [rect.x, rect.right - 1] { #expect(owners.insert(y * 1000 + x).inserted, "\(size)") }
      }
    }
    let area = rects.reduce(0) { $0 + $1.width * $1.height }
    #expect(area <= size.width * lines.body.height, "\(size)")
  }

  @Test(arguments: PaneID.ofLesson)
  func `the focused pane is always shown`(focus: PaneID) {
    for size in Self.sizes {
      let tab = AppModel.tabbed.contains(focus) ? focus : .explain
      #expect(LessonLayout(size, focus: focus, tab: tab).rect(of: focus) != nil, "\(size)")
      #expect(LessonLayout(size, focus: focus, tab: tab, watch: .errors).rect(of: focus) != nil, "\(size)")
    }
  }

  @Test func `two ladders have the room of two at 140 by 40, and all panes stay`() throws {
    let layout = LessonLayout(Size(140, 40), focus: .explain, contrast: true)
    #expect(layout.places.map(\.pane).count == 7)
    let ladder = try #require(layout.rect(of: .ladder))
    #expect(ladder.width >= 80 && ladder.height >= 16)
  }

  @Test func `all seven panes at 140 by 40`() {
    #expect(LessonLayout(Size(140, 40), focus: .explain).places.map(\.pane).count == 7)
  }

  @Test(arguments: [
    (160, 50, "wide"), (140, 39, "middle"), (99, 60, "small"), (80, 22, "small"), (79, 23, "tabs"),
    (60, 16, "tabs"),
  ])
  func `the size decides`(width: Int, height: Int, kind: String) {
    #expect(LessonLayout.Kind(Size(width, height)).rawValue == kind)
  }

  @Test func `what a step points at stands where the connections were, with the text still in sight`() {
    let layout = LessonLayout(Size(80, 24), focus: .explain, watch: .ladder)
    #expect(layout.places.map(\.pane) == [.plain, .tls, .ladder, .explain])
    let looking = LessonLayout(Size(80, 24), focus: .connections, watch: .ladder)
    #expect(looking.places.map(\.pane) == [.plain, .tls, .connections, .explain])
  }

  @Test func `plus gives rows to the focused pane`() {
    let before = LessonLayout(Size(80, 24), focus: .connections)
    let after = LessonLayout(Size(80, 24), focus: .connections, growth: [.connections: 2])
    #expect(after.rect(of: .connections)?.height == (before.rect(of: .connections)?.height ?? 0) + 2)
  }

  @Test(arguments: [Size(20, 5), Size(33, 9), Size(60, 16), Size(79, 23), Size(400, 120)])
  func `every screen draws at every size`(size: Size) {
    var model = AppModel()
    var snapshot = Samples.snapshot(Samples.run(), Samples.failedStory)
    snapshot.demo = Samples.demo
    for keys: [Key] in [[], ["e"], [.escape, "?"], [.escape, ":"], [.escape, "D"], ["t"], [.escape, "c"]] {
      for key in keys { _ = model.handle(key, snapshot, size: size) }
      #expect(AppScreen.render(model, snapshot, size: size).size == size)
    }
  }
}
