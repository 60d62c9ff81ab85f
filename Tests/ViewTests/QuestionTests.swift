import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

extension PictureTests {
  @Test(arguments: PictureTests.sizes, AskedKind.allCases)
  func `each kind of question`(size: Size, kind: AskedKind) {
    draw("ask-\(kind.rawValue)", size, kind.snapshot, keys: QuestionTests.keys[kind] ?? [])
  }

  @Test(arguments: PictureTests.sizes) func `a number that was not right`(size: Size) {
    draw("ask-number-wrong", size, AskedKind.number.snapshot(after: ["7777"]))
  }

  @Test(arguments: PictureTests.sizes) func `a blank that was filled`(size: Size) {
    draw("ask-fill-right", size, AskedKind.fill.snapshot(after: ["netlab.test"]))
  }
}

/// What keys do while a question of each kind is open.
@Suite struct QuestionTests {
  /// A few keys that bring each kind on its way.
  static let keys: [AskedKind: [Key]] = [
    .multi: ["a", "c"], .teachBack: ["a"], .number: ["4", "3"], .order: ["J"], .pointRow: ["j", "j"],
    .pointRung: ["k"],
  ]
  private let size = Size(80, 24)

  private func screen(_ snapshot: LabSnapshot, _ size: Size) -> String {
    var model = AppModel()
    model.follow(snapshot)
    return AppScreen.render(model, snapshot, size: size).lines.joined(separator: "\n")
  }

  private func press(_ keys: [Key], at snapshot: LabSnapshot) -> (AppModel, [AppCommand]) {
    var model = AppModel()
    model.follow(snapshot)
    let commands = keys.flatMap { model.handle($0, snapshot, size: size) }
    return (model, commands)
  }

  @Test(
    arguments: [
      (AskedKind.multi, ["a", "c", .enter], ["a", "c"]),
      (.multi, ["a", "a", "b", .enter], ["b"]),
      (.bool, ["b"], ["b"]),
      (.teachBack, ["c", "a", .enter], ["a", "c"]),
      (.number, ["4", "3", "8", "0", "4", .enter], ["43804"]),
      (.number, [.enter, "7", .enter], ["7"]),
      (.fill, [.enter, "x", "2", .enter], ["x2"]),
      (.pointRow, ["j", .enter], ["srv"]),
    ] as [(AskedKind, [Key], [String])])
  func `keys become an answer`(kind: AskedKind, keys: [Key], answer: [String]) {
    let (_, commands) = press(keys, at: kind.snapshot)
    #expect(commands == [.intent(.answer(answer))])
  }

  @Test func `items change places, and Enter gives them as they stand`() {
    let keys = AskedKind.order.run.pane.question?.options.map(\.key) ?? []
    let (_, commands) = press(["j", "K", .enter], at: AskedKind.order.snapshot)
    #expect(keys == ["a", "b", "c"])
    #expect(commands == [.intent(.answer(["b", "a", "c"]))])
  }

  @Test func `a row is pointed at where it stands in the ladder`() {
    let snapshot = AskedKind.pointRung.snapshot
    let (model, commands) = press([.end, .enter], at: snapshot)
    let rows = LadderPane.rows(LessonPanes.context(.ladder, model, snapshot))
    #expect(commands == [.intent(.answer(rows.last.map { [PointRows.key(of: $0.rung)] } ?? []))])
  }

  @Test func `a mark between the rows is a wrong answer, not a dead key`() {
    let snapshot = AskedKind.pointRung.snapshot(after: ["client SYN 1"])
    #expect(snapshot.run?.pane.question?.tried == ["client SYN 1"])
  }

  @Test func `nobody captured TCP, so its segments are no rows to choose`() {
    let names = AskedKind.pointRung.run.pane.question?.options.map(\.text) ?? []
    #expect(names.first == "client to server: ClientHello")
    #expect(!names.contains { $0.hasSuffix("ACK") })
  }

  @Test func `one right choice of several is not called wrong`() {
    let snapshot = AskedKind.multi.snapshot(after: ["a"])
    #expect(snapshot.run?.pane.feedback == "So far so good: there are more. Look at pane 3.")
    #expect(!screen(snapshot, size).contains("not this one"))
  }

  @Test(arguments: PictureTests.sizes, [PaneID.plain, .tls, .connections, .ladder, .wire, .explain, .errors])
  func `what belongs in a blank is nowhere on the screen`(size: Size, pane: PaneID) {
    let snapshot = AskedKind.fill.snapshot
    var model = AppModel()
    model.follow(snapshot)
    for zoomed in [false, true] {
      (model.focus, model.zoomed) = (pane, zoomed)
      for raw in [false, true] {
        model.rawHex = raw
        let text = AppScreen.render(model, snapshot, size: size).lines.joined(separator: "\n")
        #expect(!text.contains("netlab.t") && !text.contains("6e 65 74"), "\(pane), zoomed \(zoomed)")
      }
    }
  }

  @Test func `what belongs in a blank is not told of the past either`() {
    var story = AskedKind.story
    story.add(.data(EndID("tcli2", 1), .sent, Bytes(text: "netlab.test")))
    var snapshot = Samples.snapshot(AskedKind.fill.run, story)
    var session = PlainSession(inLesson: true)
    _ = session.lines(for: AskedKind.fill.snapshot)
    snapshot.cursor = .past(event: 3, of: 9)
    snapshot.moment = PastMoment(microseconds: 12_000, step: nil)
    #expect(LessonScreen.statusText(snapshot).contains("____"))
    #expect(PastNote(snapshot)?.event.contains("____") == true)
    let told = session.lines(for: snapshot).joined()
    #expect(told.contains("____") && !told.contains("netlab.test"))
    for line in ["k", "e", "t", "t tcli2", "wire tcli2", "ladder tcli2", "errors"] {
      let reply = session.handle(line: line, snapshot)
      #expect(!reply.text.isEmpty && !reply.text.joined().contains("netlab.test"), "\(line)")
    }
  }

  @Test func `a command that is copied is not told with what belongs in a blank`() {
    let snapshot = AskedKind.fill.snapshot
    var model = AppModel()
    model.follow(snapshot)
    model.focus = .tls
    let commands = model.handle("Y", snapshot, size: size)
    guard case .copy(let text, let what) = commands.first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.hasSuffix("-servername netlab.test -msg"))
    #expect(what.hasSuffix("-servername ____ -msg"))
  }

  @Test func `a copied command names the server that the chosen connection asked for, or the newest one`() {
    let (first, second) = (EndID("tcli", 1), EndID("tcli", 2))
    var story = Story()
    story.listen("tsrv", 7778, .tls)
    for (end, name) in [(first, "one.test"), (second, "two.test")] {
      story.connect(end, 43000 + end.ordinal, to: EndID("tsrv", end.ordinal), 7778, .tls)
      let hello = HandshakeMessage(
        type: 1, length: 300, encrypted: false, fields: [HandshakeField(.serverName, [name])])
      story.add(.tlsStarted(end, .client))
      story.add(.message(end, .sent, hello))
    }
    let snapshot = Samples.snapshot(Samples.run(), story)
    var model = AppModel()
    #expect(ShellCommand.forPane(.tls, model, snapshot)?.contains("two.test") == true)
    model.connection = first
    #expect(ShellCommand.forPane(.wire, model, snapshot)?.contains("one.test") == true)
  }

  @Test func `several answers wait for the present too`() {
    var snapshot = AskedKind.multi.snapshot
    var (model, _) = press(["a"], at: snapshot)
    snapshot.cursor = .past(event: 3, of: 9)
    #expect(model.handle(.enter, snapshot, size: size) == [])
  }

  @Test(arguments: [AskedKind.order, .pointRow]) func `Space tells what is asked for`(kind: AskedKind) {
    let (model, commands) = press([" "], at: kind.snapshot)
    #expect(commands == [])
    #expect(model.message?.hasPrefix("A question is open: ") == true)
  }

  @Test func `once the blank is filled, everything is shown again`() {
    let snapshot = AskedKind.fill.snapshot(after: [" NetLab.Test "])
    #expect(snapshot.run?.awaiting == .advance)
    #expect(!screen(snapshot, Size(140, 40)).contains("____"))
  }

  @Test(arguments: [
    ("name netlab.test.", "name ____."), ("CN=netlab.test,O=netlab", "CN=____,O=netlab"),
    ("www.netlab.test", "www.netlab.test"), ("netlab.tests", "netlab.tests"),
    ("netlab.test netlab.test", "____ ____"),
  ])
  func `only that value is blank`(text: String, shown: String) {
    #expect(Blanks(AskedKind.fill.run).hide(text) == shown)
  }
}
