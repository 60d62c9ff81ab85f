import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// Keys in, commands and screens out.
@Suite struct NavigationTests {
  private let size = Size(80, 24)

  @Test func `enter goes on with the first lesson that is not done, R begins it anew`() {
    var person = Person(Samples.snapshot())
    #expect(person.press("R") == [.intent(.openLesson("sp2-port-hopping"))])
    person = Person(Samples.snapshot())
    #expect(person.press(.enter) == [.intent(.resumeLesson("sp2-port-hopping"))])
    #expect(person.model.screen == .lesson)
  }

  @Test func `a track narrows the lessons`() {
    var person = Person(Samples.snapshot())
    person.press(.left, .down, .down)
    #expect(person.screen.contains("TB1 "))
    #expect(!person.screen.contains("SP4 "))
    #expect(person.press(.enter) == [])
    #expect(person.press(.enter) == [.intent(.openLesson("tb1-two-pipes"))])
  }

  @Test func `searching narrows the lessons and escape ends it`() {
    var person = Person(Samples.snapshot())
    person.press("/")
    person.type("ladder")
    #expect(person.screen.contains("Search lessons: ladder"))
    #expect(!person.screen.contains("SP1 "))
    person.press(.enter)
    #expect(person.model.search == "ladder")
    person.press(.escape)
    #expect(person.model.search == "")
    #expect(person.screen.contains("SP1 "))
  }

  @Test func `escape at the top says how to quit and q quits`() {
    var person = Person(Samples.snapshot())
    #expect(person.press(.escape) == [])
    #expect(person.screen.contains("q quits"))
    #expect(person.press("q") == [.quit])
  }

  @Test func `q asks when servers are kept running`() {
    var snapshot = Samples.snapshot()
    snapshot.demo = Samples.demo
    snapshot.demo?.keepsRunning = true
    var person = Person(snapshot)
    #expect(person.press("q") == [])
    #expect(person.screen.contains("Quit?"))
    #expect(person.press("n") == [])
    #expect(person.press("q", "y") == [.quit])
  }

  @Test func `an answer is a letter and digits still choose panes`() {
    var person = Person(Samples.snapshot(Samples.run()))
    #expect(person.press("3") == [])
    #expect(person.model.focus == .connections)
    #expect(person.press("b") == [.intent(.answer(["b"]))])
    #expect(person.press("d") == [])
    #expect(person.model.message == "There is no d to choose here.")
  }

  @Test func `a prediction may be left out and an observation gives a hint`() {
    var guess = Samples.observation
    guess.kind = .predict
    var person = Person(Samples.snapshot(Samples.run(.answer(guess), step: 1)))
    #expect(person.press("s") == [.intent(.skip)])
    person = Person(Samples.snapshot(Samples.run()))
    #expect(person.press("s", "H") == [.intent(.hint)])
    #expect(person.screen.contains("a-c answer"))
  }

  @Test func `digits say how sure only while that is asked`() {
    var person = Person(Samples.snapshot(Samples.run(.confidence, step: 1)))
    #expect(person.press("2") == [.intent(.confidence(2))])
    #expect(person.model.focus == .explain)
  }

  @Test func `several right answers are gathered until enter`() {
    var question = Samples.observation
    question.isMultiple = true
    var person = Person(Samples.snapshot(Samples.run(.answer(question))))
    #expect(person.press("c", "a", "c", "b") == [])
    #expect(person.press(.enter) == [.intent(.answer(["a", "b"]))])
  }

  @Test func `a fifth answer takes e for itself`() {
    var question = Samples.observation
    question.options += [.init(key: "d", text: "none"), .init(key: "e", text: "both")]
    var person = Person(Samples.snapshot(Samples.run(.answer(question)), Samples.failedStory))
    #expect(person.press("e") == [.intent(.answer(["e"]))])
  }

  @Test func `space goes on and does not answer`() {
    var person = Person(Samples.snapshot(Samples.run(.advance, step: 0)))
    #expect(person.press(" ") == [.intent(.advance)])
    person = Person(Samples.snapshot(Samples.run()))
    #expect(person.press(" ") == [])
    #expect(person.screen.contains("A question is open"))
  }

  @Test func `in the past space goes forward and answers wait`() {
    var snapshot = Samples.snapshot(Samples.run())
    snapshot.cursor = .past(event: 17, of: 31)
    var person = Person(snapshot)
    #expect(person.screen.contains("EVENT 17/31"))
    #expect(person.press("b") == [])
    #expect(
      person.press(" ", .backspace, ".") == [.intent(.stepForward), .intent(.stepBack), .intent(.backToLive)])
  }

  @Test func `starting anew asks first`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    #expect(person.press("R") == [])
    #expect(person.press(.escape) == [])
    #expect(person.press("R", "y") == [.intent(.restart)])
  }

  @Test func `a lesson that begins anew after its end is not zoomed like its end`() {
    var person = Person(Samples.snapshot(Samples.run(.finished(.completed), step: 6)))
    #expect(person.model.zoomed)
    #expect(person.press("R", "y") == [.intent(.restart)])
    person.snapshot = Samples.snapshot(Samples.run(.advance, step: 0))
    person.model.follow(person.snapshot)
    #expect(!person.model.zoomed)
  }

  @Test func `a lesson that is done has no past to look at, one that differed has`() {
    var person = Person(Samples.snapshot(Samples.run(.finished(.completed), step: 6)))
    #expect(person.press(.backspace, "P", "r") == [])
    #expect(person.model.message == "The lab was cleared at the end. S saves the run, for netlab replay.")
    person = Person(Samples.snapshot(Samples.run(.finished(.differed([])), step: 6)))
    #expect(
      person.press(.backspace, "P", "r") == [
        .intent(.stepBack), .intent(.look(.stepBefore)), .intent(.replay),
      ])
  }

  @Test func `q leaves a lesson and escape does not`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    #expect(person.press(.escape) == [])
    #expect(person.model.screen == .lesson)
    #expect(person.press("q") == [.intent(.closeLesson)])
    #expect(person.model.screen == .catalog)
  }

  @Test func `the catalog stays on a lesson that was left`() {
    var person = Person(Samples.snapshot())
    person.press(.down, .down, .enter)
    person.snapshot = Samples.snapshot(Samples.run(.advance))
    person.model.follow(person.snapshot)
    person.press("q")
    person.snapshot = Samples.snapshot()
    #expect(person.press(.enter) == [.intent(.openLesson("tb1-two-pipes"))])
  }

  @Test func `e opens the newest card and comma and dot turn cards`() {
    var person = Person(Samples.snapshot(Samples.run(.advance), Samples.failedStory))
    person.press("e")
    #expect(person.screen.contains("ERROR 1/1"))
    person.press(".")
    #expect(person.screen.contains("This is the newest error."))
    #expect(
      person.press("Y") == [
        .copy("openssl s_client -connect 127.0.0.1:7777", what: "openssl s_client -connect 127.0.0.1:7777")
      ])
    person.press("w")
    #expect(person.model.screen == .lesson)
    #expect(person.model.focus == .wire)
    #expect(person.model.connection == EndID("tcli3", 1))
  }

  @Test func `without an error e says so`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    person.press("e")
    #expect(person.screen.contains("No errors so far."))
  }

  @Test func `zoom shows one pane and escape undoes it`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    person.press("4", "z")
    #expect(!person.screen.contains("CONNECTIONS"))
    person.press(.escape)
    #expect(!person.model.zoomed)
    #expect(person.model.screen == .lesson)
  }

  @Test func `an answer gives the screen back to where its verdict stands`() {
    var person = Person(Samples.snapshot(Samples.run()))
    person.press("3", "z")
    #expect(person.model.zoomed)
    #expect(person.press("a") == [.intent(.answer(["a"]))])
    #expect(!person.model.zoomed && person.model.focus == .connections)
  }

  @Test func `the palette takes words`() {
    var person = Person(Samples.snapshot())
    person.press(":")
    #expect(person.type("go sp4") == [])
    #expect(person.press(.enter) == [.intent(.openLesson("sp4-listen-queue"))])
  }

  @Test func `a lesson from the palette closes the sandbox`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    #expect(person.press("o") == [.intent(.sandbox(.open(at: nil)))])
    person.press(":")
    person.type("go sp4")
    #expect(
      person.press(.enter) == [
        .intent(.sandbox(.close)), .intent(.closeLesson), .intent(.openLesson("sp4-listen-queue")),
      ])
    #expect(person.model.stack == [.catalog, .lesson])
  }

  @Test func `a new version of the lesson that is written closes the sandbox`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    person.press("o")
    #expect(person.model.screen == .sandbox)
    var preview = PreviewState(file: "mine.yaml")
    preview.edition = 2
    person.snapshot.preview = preview
    person.model.follow(person.snapshot)
    #expect(person.model.stack == [.catalog, .lesson])
  }

  @Test func `the palette answers too`() {
    var person = Person(Samples.snapshot(Samples.run()))
    person.press(.control("p"))
    person.type("answer b")
    #expect(person.press(.enter) == [.intent(.answer(["b"]))])
  }

  @Test func `the palette tells where a command works`() {
    var person = Person(Samples.snapshot())
    person.press(":")
    person.type("bytes")
    #expect(person.press(.enter) == [])
    #expect(person.screen.contains("only on an error card"))
  }

  @Test func `what works in more than one place is not called only there`() {
    var person = Person(Samples.snapshot())
    person.press(":")
    person.type("skip")
    #expect(person.press(.enter) == [])
    #expect(person.model.message == "skip: not here, but while a question is open.")
  }

  @Test func `q is a letter while typing`() {
    var person = Person(Samples.snapshot())
    person.press(":")
    #expect(person.type("q") == [])
    #expect(person.model.overlay == .palette(PaletteState(text: "q")))
    #expect(person.press(.escape) == [])
    #expect(person.model.overlay == nil)
  }

  @Test func `the demo starts and stops with its screen unless kept`() {
    var person = Person(Samples.snapshot())
    #expect(person.press("D") == [.intent(.startDemo)])
    person.snapshot.demo = Samples.demo
    #expect(person.press("y") == [.copy("https://localhost:8443/", what: "the address")])
    #expect(person.press("t", .escape, "K") == [.intent(.keepDemoRunning(true))])
    #expect(person.press("q") == [.intent(.stopDemo)])
    #expect(person.model.screen == .catalog)
  }

  @Test func `a refused browser opens its card`() {
    var snapshot = Samples.snapshot()
    snapshot.demo = Samples.demo
    var person = Person(snapshot)
    person.press("D", .enter)
    #expect(person.screen.contains("ERROR 1/1"))
    person.press(.escape)
    #expect(person.model.screen == .demo)
  }

  @Test func `the end of a lesson leads back or on`() {
    var person = Person(Samples.snapshot(Samples.run(.finished(.completed), step: 6)))
    #expect(person.screen.contains("[6 Result]") || person.screen.contains("6 Result"))
    #expect(person.press("n") == [.intent(.closeLesson), .intent(.openLesson("sp4-listen-queue"))])
    person = Person(Samples.snapshot(Samples.run(.finished(.completed), step: 6)))
    #expect(person.press(" ") == [.intent(.closeLesson)])
    #expect(person.model.screen == .catalog)
  }

  @Test func `help is for the screen it was asked on`() {
    var person = Person(Samples.snapshot(Samples.run()))
    person.press("?")
    #expect(person.screen.contains("where to look"))
    #expect(person.press("q") == [])
    #expect(person.model.screen == .lesson)
  }

  @Test func `the mouse is off until m and then a click focuses`() {
    var person = Person(Samples.snapshot(Samples.run()))
    #expect(person.press("m") == [.setMouse(true)])
    #expect(person.screen.contains("Shift-drag"))
    person.press(.click(x: 60, y: 3))
    #expect(person.model.focus == .tls)
  }

  @Test(arguments: [Size(80, 24), Size(110, 32), Size(60, 16)])
  func `a click on the name of a tab shows its pane`(size: Size) throws {
    var person = Person(Samples.snapshot(Samples.run()), size: size)
    let rows = person.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.lastIndex { $0.contains("5 Wire") && $0.contains("Errors(") })
    let name = try #require(rows[y].firstRange(of: "5 Wire"))
    person.press(.click(x: rows[y].distance(from: rows[y].startIndex, to: name.upperBound) - 1, y: y))
    #expect(person.model.focus == .wire)
    #expect(person.screen.contains("[5 Wire]"))
  }

  @Test(arguments: ["1 edit", "2 put in", "6 compare", "3 open"])
  func `the sandbox's footer says what Enter does in the focused pane`(sample: String) throws {
    var person = Person(SandboxPictureTests.two, size: Size(140, 40))
    person.press("o", .character(try #require(sample.first)))
    #expect(person.screen.split(separator: "\n").last?.contains("Enter" + sample.dropFirst()) == true)
  }

  @Test func `saving asks in which form`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    #expect(person.press("S") == [])
    #expect(person.press("j") == [.save(.json)])
    #expect(person.model.overlay == nil)
  }

  @Test func `the theme goes round`() {
    var person = Person(Samples.snapshot())
    #expect(
      person.press("T", "T", "T", "T") == [
        .setTheme(.dark), .setTheme(.light), .setTheme(.mono), .setTheme(.auto),
      ])
  }

  @Test func `ascii draws nothing else`() {
    var person = Person(Samples.snapshot(Samples.run()))
    person.press("A")
    #expect(person.screen.filter { !$0.isASCII } == "")
  }
}
