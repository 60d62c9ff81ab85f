import LabCanvas
import Testing

@Suite struct ScrollWindowTests {
  @Test(arguments: [(-3, 0), (0, 0), (4, 4), (15, 15), (16, 15), (99, 15)])
  func `the offset never leaves room empty`(asked: Int, got: Int) {
    #expect(ScrollWindow(count: 20, height: 5, offset: asked).offset == got)
  }

  @Test func `the border tells what is out of sight`() {
    #expect(ScrollWindow(count: 17, height: 5).note() == "▼ 12 more · PgDn")
    #expect(ScrollWindow(count: 17, height: 5, offset: 12).note(.ascii) == "^ 12 above - PgUp")
    #expect(ScrollWindow(count: 5, height: 5).note() == nil)
  }

  @Test(arguments: 0..<20)
  func `a row asked for is in sight`(row: Int) {
    let window = ScrollWindow(count: 20, height: 6, offset: 7)
    #expect(window.showing(row).rows.contains(row))
  }

  @Test func `an empty list has no rows`() {
    #expect(ScrollWindow(count: 0, height: 5, offset: 3).rows.isEmpty)
  }
}
