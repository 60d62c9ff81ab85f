import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// The sandbox's screens at both sizes, in Unicode and ASCII.
@Suite struct SandboxPictureTests {
  /// A sandbox on a fresh pair after these wishes, each list followed by a run.
  static func snapshot(_ turns: [[SandboxIntent]], then last: [SandboxIntent] = []) -> LabSnapshot {
    var state = SandboxState()
    var lab = LabState()
    for wishes in turns {
      for wish in wishes { state.take(wish, Catalog()) }
      (state, lab) = ran(state)
    }
    for wish in last { state.take(wish, Catalog()) }
    var snapshot = Samples.snapshot()
    snapshot.sandbox = SandboxSnapshot(state: state, lab: lab)
    return snapshot
  }

  /// A run as the sockets would have told it: with the TLS client sent to the plain port, it fails.
  private static func ran(_ before: SandboxState) -> (SandboxState, LabState) {
    var (state, lab) = (before, LabState())
    var effects = state.begin(lab)
    let isAstray = state.setup.actor("tcli")?.settings.connect?.server == "srv"
    for stamped in (isAstray ? astray : good).facts {
      Lab.reduce(&lab, stamped)
      effects += state.take(stamped.fact, lab)
    }
    while state.isRunning, case .startTimer(let timer, _) = effects.last(where: \.startsTimer) {
      effects = state.take(.timerFired(timer), lab)
    }
    return (state, lab)
  }

  private static var good: Story {
    var story = plain
    let (client, server) = (EndID("tcli", 1), EndID("tsrv", 1))
    story.connect(client, 51572, to: server, 7443, .tls)
    story.handshake(client, server)
    story.say("Herbert", from: client, to: server, clear: false)
    story.say("Hey Herbert!", from: server, to: client, clear: false)
    return story
  }

  private static var astray: Story {
    var story = plain
    let (client, server) = (EndID("tcli", 1), EndID("srv", 2))
    story.connect(client, 51590, to: server, 7777, .tls)
    story.add(.tlsStarted(client, .client))
    story.message(Samples.clientHello, from: client, to: server)
    story.add(.failed(client, Samples.failure))
    return story
  }

  private static var plain: Story {
    var story = Story()
    story.listen("srv", 7777, .plain)
    story.listen("tsrv", 7443, .tls)
    let (client, server) = (EndID("cli", 1), EndID("srv", 1))
    story.connect(client, 43788, to: server, 7777, .plain)
    story.say("Herbert", from: client, to: server)
    story.say("Hey Herbert!", from: server, to: client)
    return story
  }

  @Test(arguments: [("srv", "cli"), ("tsrv", "tcli"), ("cli", "cli")] as [(ActorID, ActorID)])
  func `ladder and wire show the pair that was edited before the run`(edited: ActorID, shown: ActorID) {
    let key = edited == "cli" ? "transport" : "backlog"
    let snapshot = Self.snapshot([[.set(edited, setting: key, to: edited == "cli" ? "plain" : "5")]])
    var model = AppModel()
    model.follow(snapshot)
    _ = model.handle("o", snapshot, size: Size(140, 40))
    let context = LessonPanes.context(.ladder, model, snapshot.inSandbox)
    #expect(context.selectedConnection?.client?.actor == shown)
  }

  private func draw(_ name: String, _ size: Size, _ snapshot: LabSnapshot, keys: [Key] = []) {
    for ascii in [false, true] {
      var model = AppModel(ascii: ascii)
      model.follow(snapshot)
      for key in ["o"] + keys { _ = model.handle(key, snapshot, size: size) }
      expectPicture(
        "\(name)-\(size.width)x\(size.height)\(ascii ? "-ascii" : "")",
        AppScreen.render(model, snapshot, size: size))
    }
  }

  static let two = snapshot([
    [.predict("a")],
    [.set("tcli", setting: "connect", to: "srv"), .fault("tcli", "unchecked"), .predict("a")],
  ])

  @Test(arguments: PictureTests.sizes) func `before anything was changed`(size: Size) {
    draw("sandbox", size, Self.snapshot([]))
  }

  @Test(arguments: PictureTests.sizes) func `a setting that is being typed`(size: Size) {
    draw("sandbox-typing", size, Self.snapshot([]), keys: [.down, .enter])
  }

  @Test(arguments: PictureTests.sizes) func `faults, with some in`(size: Size) {
    draw(
      "sandbox-faults", size, Self.snapshot([], then: [.fault("tsrv", "expired"), .fault("tcli", "cut")]),
      keys: ["B", .down])
  }

  @Test(arguments: PictureTests.sizes) func `the question before a run`(size: Size) {
    draw("sandbox-question", size, Self.snapshot([]), keys: [" "])
  }

  @Test(arguments: PictureTests.sizes) func `two runs, the newer one wrongly predicted`(size: Size) {
    draw("sandbox-runs", size, Self.two, keys: ["6"])
  }

  @Test(arguments: PictureTests.sizes) func `two runs side by side`(size: Size) {
    draw("sandbox-comparison", size, Self.two, keys: ["c"])
  }

  @Test(arguments: PictureTests.sizes) func `what differs`(size: Size) {
    draw("sandbox-difference", size, Self.two, keys: ["d"])
  }

  @Test func `one pane at a time at 60 by 16`() { draw("sandbox-tabs", Size(60, 16), Self.two) }
}

extension Effect {
  fileprivate var startsTimer: Bool { if case .startTimer = self { true } else { false } }
}
