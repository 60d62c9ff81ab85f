import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// Every screen at both sizes it is designed for, in Unicode and ASCII.
@Suite struct PictureTests {
  static let sizes = [Size(80, 24), Size(140, 40)]

  func draw(
    _ name: String, _ size: Size, _ snapshot: LabSnapshot, keys: [Key] = []
  ) {
    for ascii in [false, true] {
      var model = AppModel(ascii: ascii)
      model.follow(snapshot)
      for key in keys { _ = model.handle(key, snapshot, size: size) }
      expectPicture(
        "\(name)-\(size.width)x\(size.height)\(ascii ? "-ascii" : "")",
        AppScreen.render(model, snapshot, size: size))
    }
  }

  @Test(arguments: sizes) func `the catalog`(size: Size) { draw("catalog", size, Samples.snapshot()) }

  @Test(arguments: sizes) func `a lesson with an open question`(size: Size) {
    draw("lesson-question", size, Samples.snapshot(Samples.run()))
  }

  @Test(arguments: sizes) func `a lesson with the focus on the connections`(size: Size) {
    draw("lesson-connections", size, Samples.snapshot(Samples.run()), keys: ["3", .down, .down])
  }

  @Test(arguments: sizes) func `a lesson with the focus on the ladder`(size: Size) {
    draw("lesson-ladder", size, Samples.snapshot(Samples.run()), keys: ["4"])
  }

  @Test(arguments: sizes) func `a lesson in the past`(size: Size) {
    var snapshot = Samples.snapshot(Samples.run(.advance, step: 4))
    snapshot.cursor = .past(event: 17, of: 31)
    snapshot.moment = PastMoment(microseconds: 12_345, step: StepMark(after: 5, step: 4, phase: "RUN"))
    draw("lesson-past", size, snapshot)
  }

  @Test(arguments: sizes) func `two ladders side by side`(size: Size) {
    draw("contrast", size, Samples.contrast, keys: ["4"])
  }

  @Test func `two ladders side by side, the only pane`() {
    draw("contrast-zoomed", Size(80, 24), Samples.contrast, keys: ["4", "z"])
  }

  @Test(arguments: sizes) func `a saved run`(size: Size) {
    for ascii in [false, true] {
      var model = AppModel.replaying(ascii: ascii)
      let snapshot = Samples.replay(after: [.look(.event(9)), .look(.stepAfter)])
      model.follow(snapshot)
      expectPicture(
        "replay-\(size.width)x\(size.height)\(ascii ? "-ascii" : "")",
        AppScreen.render(model, snapshot, size: size))
    }
  }

  @Test(arguments: sizes) func `the past is told by words and by reversed lines`(size: Size) {
    var snapshot = Samples.snapshot(Samples.run(.advance, step: 4))
    snapshot.cursor = .past(event: 17, of: 31)
    for (shown, word) in [(snapshot, "PAST"), (Samples.replay(), "REPLAY")] {
      var model = shown.replay == nil ? AppModel() : AppModel.replaying(ascii: true)
      model.follow(shown)
      let canvas = AppScreen.render(model, shown, size: size)
      #expect(canvas.lines[0].hasPrefix(" \(word)  "))
      for y in [0, size.height - 2] {
        #expect((0..<size.width).allSatisfy { canvas[$0, y].reversed && canvas[$0, y].role == .past })
      }
    }
  }

  @Test(arguments: sizes) func `a lesson that failed on purpose, its errors`(size: Size) {
    draw("lesson-errors", size, Samples.snapshot(Samples.run(), Samples.failedStory), keys: ["E"])
  }

  @Test(arguments: sizes) func `the end of a lesson`(size: Size) {
    draw("result", size, Samples.snapshot(Samples.run(.finished(.completed), step: 6)))
  }

  @Test(arguments: sizes) func `the end of a lesson that differed`(size: Size) {
    let mismatches = [
      Mismatch(subject: "cli1", expected: "conn.state is open", seen: "closed"),
      Mismatch(subject: "srv.conn(1)", expected: "app.received is Herbert", seen: "nothing"),
    ]
    draw("result-differed", size, Samples.snapshot(Samples.run(.finished(.differed(mismatches)), step: 3)))
  }

  @Test(arguments: sizes) func `an error card`(size: Size) {
    draw("card", size, Samples.snapshot(Samples.run(), Samples.failedStory), keys: ["e"])
  }

  @Test(arguments: sizes) func `the demo`(size: Size) {
    var snapshot = Samples.snapshot()
    snapshot.demo = Samples.demo
    draw("demo", size, snapshot, keys: ["D"])
  }

  @Test(arguments: sizes) func `the trust steps`(size: Size) {
    var snapshot = Samples.snapshot()
    snapshot.demo = Samples.demo
    draw("trust", size, snapshot, keys: ["D", "t"])
  }

  @Test(arguments: sizes) func `help on a question`(size: Size) {
    draw("help", size, Samples.snapshot(Samples.run()), keys: ["?"])
  }

  @Test(arguments: sizes) func `the palette`(size: Size) {
    draw("palette", size, Samples.snapshot(Samples.run()), keys: [":"])
  }

  @Test(arguments: sizes) func `the ways into the catalog`(size: Size) {
    draw("catalog-path", size, Samples.withWays, keys: ["n", "1", "j", "j", "j", "j"])
    draw("catalog-questions", size, Samples.withWays, keys: ["n", "1", "j", "j", "j", "j", "j", .enter, "j"])
    draw("catalog-due", size, Samples.withWays, keys: ["n", "1", "G"])
  }

  @Test(arguments: sizes) func `a catalog of 45 lessons scrolls with its marks`(size: Size) {
    draw("catalog-many", size, Samples.many, keys: ["n", "G"])
  }

  @Test(arguments: sizes) func `the offer of a review`(size: Size) {
    draw("review-offer", size, Samples.remembering)
  }

  @Test(arguments: sizes) func `a question of the review, and its answer`(size: Size) {
    draw("review-question", size, Samples.remembering, keys: ["y"])
    draw("review-answer", size, Samples.remembering, keys: ["y", "b"])
  }

  @Test(arguments: sizes) func `what the test came to`(size: Size) {
    var snapshot = Samples.remembering
    snapshot.progress.checked(["M01": false, "M03": true], on: snapshot.today)
    snapshot.progress.checked(["M01": true, "M03": true], on: snapshot.today + 30)
    draw("test-results", size, snapshot, keys: ["n", "c"])
  }

  @Test(arguments: sizes) func `the beliefs met`(size: Size) {
    draw("beliefs", size, Samples.remembering, keys: ["n", "B"])
  }

  @Test(arguments: sizes) func `what a search finds`(size: Size) {
    draw(
      "search", size, Samples.snapshot(),
      keys: ["/"] + "wrong version number".map { .character($0) } + [.enter])
  }

  @Test func `one pane at a time at 60 by 16`() {
    draw("lesson-tabs", Size(60, 16), Samples.snapshot(Samples.run()))
    draw("lesson-tabs-pair", Size(60, 16), Samples.snapshot(Samples.run()), keys: ["1"])
  }

  @Test func `the middle layout at 110 by 32`() {
    draw("lesson-middle", Size(110, 32), Samples.snapshot(Samples.run()))
  }
}
