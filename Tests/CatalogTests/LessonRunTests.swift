import LabCore
import LabFacts
import Testing

@testable import LabCatalog

@Suite struct LessonRunTests {
  let cli = EndID("cli", 1)
  let conn = EndID("srv", 1)

  /// Plays up to the moment where the connection has answered.
  func atTheEndOfTheRun() throws -> Rehearsal {
    var play = Rehearsal(try Small.lesson())
    play.person(.advance, .answer(["a"]), .confidence(3), .advance)
    play.happens(Told.listening("srv", port: 7777), Told.opened(cli, .client, port: 45000, peer: 7777))
    play.happens(Told.opened(conn, .server, port: 7777, peer: 45000), Told.sent(cli, "Herbert"))
    play.happens(Told.received(cli, "Hey Herbert!"))
    return play
  }

  @Test func `a lesson begins with its first step and waits for Space`() throws {
    let play = Rehearsal(try Small.lesson())
    #expect(play.run.awaiting == .advance)
    #expect(play.run.pane.paragraphs == ["A server greets whoever connects."])
    #expect((play.run.stepNumber, play.run.stepCount) == (1, 7))
    #expect(play.run.phase == .read)
  }

  @Test func `Space does not run a step before its prediction is made`() throws {
    var play = Rehearsal(try Small.lesson())
    play.person(.advance, .advance, .advance)
    #expect(play.run.phase == .predict)
    #expect(play.takeEffects() == [])
  }

  @Test func `actions are done one after the other, each when the one before has settled`() throws {
    var play = Rehearsal(try Small.lesson())
    play.person(.advance, .answer(["b"]), .confidence(2), .advance)
    let listen = ListenOrder(preferredPort: 7777, backlog: 5, transport: .plain, kind: .greet)
    #expect(play.takeEffects() == [.listen("srv", listen)])
    play.happens(Told.listening("srv", port: 40001))
    let connect = ConnectOrder(to: Endpoint("127.0.0.1", 40001), transport: .plain)
    #expect(play.takeEffects() == [.connect(cli, connect)])
    play.happens(Told.opened(cli, .client, port: 45000, peer: 40001))
    #expect(play.takeEffects() == [.send(cli, Array("Herbert".utf8))])
  }

  @Test func `a run that is as told waits for Space with its note filled`() throws {
    let play = try atTheEndOfTheRun()
    #expect(play.run.awaiting == .advance)
    #expect(play.run.pane.note == "45000 is new.")
    #expect(play.run.journal.contains(.expectationMet("each connection of srv: port is 7777 each time")))
    #expect(play.run.missingPaths == [])
  }

  @Test func `what is missing at the deadline is told per side, as expected and seen`() throws {
    var play = Rehearsal(try Small.lesson())
    play.person(.advance, .skip, .advance)
    play.happens(Told.listening("srv", port: 7777), Told.opened(cli, .client, port: 45000, peer: 7777))
    play.happens(Told.opened(conn, .server, port: 7777, peer: 45000), Told.sent(cli, "Herbert"))
    play.happens(Told.received(cli, "Hey?"))
    play.deadlinePasses()
    let mismatch = Mismatch(subject: "cli", expected: #"received data is "Hey Herbert!""#, seen: #""Hey?""#)
    #expect(play.run.result == .differed([mismatch]))
    #expect(play.run.pane.mismatches == [mismatch])
  }

  @Test func `an action that never settles ends the run with its name`() throws {
    var play = Rehearsal(try Small.lesson())
    play.person(.advance, .skip)
    play.deadlinePasses()
    #expect(
      play.run.result
        == .differed([Mismatch(subject: "srv", expected: "it to listen", seen: "nothing in time")]))
  }

  @Test func `a failure that the lesson does not allow ends the run at once`() throws {
    var play = Rehearsal(try Small.lesson())
    play.person(.advance, .skip)
    let failure = Failure(layer: .socket, code: .addrInUse, phase: .bind, decidedBy: .kernel)
    play.happens(.actorFailed("srv", failure))
    #expect(
      play.run.result
        == .differed([
          Mismatch(
            subject: "srv", expected: "it to listen",
            seen: "failure addr-in-use, in bind, decided by kernel")
        ]))
  }

  @Test func `a wrong look points at the place and asks again`() throws {
    var play = try atTheEndOfTheRun()
    play.person(.advance, .answer(["b"]))
    #expect(play.run.pane.feedback == "Read the column peer address.")
    #expect(play.run.pane.question?.tried == ["b"])
    play.person(.advance)
    #expect(play.run.phase == .observe)
    play.person(.answer(["a"]), .advance)
    #expect(play.run.answers.observations == [.init(step: "look", tries: 2)])
    #expect(play.run.phase == .explain)
  }

  @Test func `the explanation opens with what the learner believed`() throws {
    var play = try atTheEndOfTheRun()
    play.person(.advance, .answer(["a"]), .advance)
    #expect(
      play.run.pane.paragraphs
        == ["You expected 7777. Look at the peer column.", "The client's kernel chose 45000."])
    #expect(play.run.pane.predicted == .init(text: "its own", correct: false))
    #expect(play.run.answers.beliefsMissed == ["M01"])
    #expect(play.run.answers.predictions.first?.confidence == 3)
  }

  @Test(arguments: ["a", "b"])
  func `a recall keeps what was answered where that is not right`(key: String) throws {
    var lesson = try Small.lesson()
    lesson.steps.removeAll { $0.id != "recall" }
    var play = Rehearsal(lesson)
    play.person(.answer([key]))
    #expect(play.run.pane.right == ["b"])
    #expect(play.run.pane.given == (key == "b" ? [] : [key]))
  }

  func atTheBench() throws -> Rehearsal {
    var play = try atTheEndOfTheRun()
    play.person(.advance, .answer(["a"]), .advance, .advance)
    _ = play.takeEffects()
    return play
  }

  @Test func `hints come one by one and are counted`() throws {
    var play = try atTheBench()
    play.person(.hint, .hint)
    #expect(play.run.pane.hints == ["Look at the LISTEN row.", "Nobody must listen."])
    #expect(play.run.answers.hints == 2)
    #expect(play.run.pane.bench?.hintsLeft == 1)
  }

  @Test func `a move that leads nowhere is no failure`() throws {
    var play = try atTheBench()
    play.person(.move("a"))
    play.happens(Told.opened(EndID("cli", 2), .client, port: 45002, peer: 7777))
    play.deadlinePasses()
    #expect(play.run.pane.feedback == "Not there yet. Look at what changed, and try another move.")
    #expect(play.run.pane.bench?.moves.map(\.times) == [1, 0, 0])
  }

  @Test func `a move that cannot be made now says what it needs, and the lesson goes on`() throws {
    var lesson = try Small.lesson()
    lesson.steps.removeAll { $0.id != "try" }
    var play = Rehearsal(lesson)
    play.person(.move("c"))
    #expect(play.run.pane.feedback == "That needs a connection to use: cli has none yet.")
    #expect(play.run.result == nil)
    play.person(.move("a"))
    #expect(
      play.takeEffects() == [.connect(cli, ConnectOrder(to: Endpoint("127.0.0.1", 7777), transport: .plain))])
  }

  @Test func `a move pressed while another is at work comes after it`() throws {
    var play = try atTheBench()
    play.person(.move("b"))
    play.happens(.stoppedListening("srv"))
    play.person(.move("a"))
    #expect(play.run.pane.prompt.hasSuffix("Next: a."))
    #expect(play.run.awaiting.labsTurn != nil)
    play.deadlinePasses()
    let connects = play.takeEffects().contains { effect in
      if case .connect = effect { true } else { false }
    }
    #expect(connects)
    #expect(play.run.pane.bench?.moves.map(\.times) == [1, 1, 0])
  }

  @Test func `moves that were kept are dropped where the goal is reached before them`() throws {
    var play = try atTheBench()
    play.person(.move("b"))
    play.happens(.stoppedListening("srv"))
    play.deadlinePasses()
    play.person(.move("a"), .move("b"))
    let refused = Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel)
    play.happens(.failed(EndID("cli", 2), refused))
    #expect(play.run.awaiting == .advance)
    #expect(play.run.answers.tries.first?.moves == ["b", "a"])
  }

  @Test func `the goal counts when the moves have led there`() throws {
    var play = try atTheBench()
    play.person(.move("b"))
    play.happens(.stoppedListening("srv"))
    play.deadlinePasses()
    play.person(.move("a"))
    let refused = Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel)
    play.happens(.failed(EndID("cli", 2), refused))
    #expect(play.run.awaiting == .advance)
    #expect(
      play.run.answers.tries
        == [.init(step: "try", moves: ["b", "a"], solved: true, solutionShown: false)])
  }

  @Test func `a lesson that was finished leaves an empty lab`() throws {
    var play = try atTheBench()
    play.person(.skip, .answer(["b"]))
    #expect(play.run.pane.feedback == "Right. Nobody asked for one.")
    play.person(.advance)
    #expect(play.run.result == .completed)
    #expect(play.takeEffects() == [.wipe])
    #expect(play.run.journal.last == .finished(.completed))
    #expect(
      play.run.pane.paragraphs == [
        "Predictions that came true: 0 of 1.", "You were sure and surprised once: those stay.",
        "Recalled: 1 of 1.",
      ])
  }

  @Test func `the player answers rightly and comes to the end`() throws {
    var play = Rehearsal(try Small.lesson())
    let player = AutoPlayer()
    var told: [Fact] = [
      Told.listening("srv", port: 7777), Told.opened(cli, .client, port: 45000, peer: 7777),
      Told.opened(conn, .server, port: 7777, peer: 45000), Told.sent(cli, "Herbert"),
      Told.received(cli, "Hey Herbert!"), .stoppedListening("srv"),
      .failed(EndID("cli", 2), Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel)),
    ]
    for _ in 0..<40 where play.run.result == nil {
      if let intent = player.nextIntent(for: play.run) {
        play.person(intent)
      } else if !told.isEmpty {
        play.happens(told.removeFirst())
      }
    }
    #expect(play.run.result == .completed)
    #expect(play.run.answers.predictions.map(\.correct) == [true])
    #expect(play.run.answers.beliefsBeaten == ["M01", "M01"])
    #expect(play.run.answers.tries.map(\.solutionShown) == [true])
  }

  @Test func `the player gives the answers it was told to give`() throws {
    let play = Rehearsal(try Small.lesson())
    var run = play.run
    _ = run.handle(.advance, play.lab)
    #expect(AutoPlayer(answers: ["predict": ["a"]]).nextIntent(for: run) == .answer(["a"]))
    #expect(AutoPlayer().nextIntent(for: run) == .answer(["b"]))
  }
}
