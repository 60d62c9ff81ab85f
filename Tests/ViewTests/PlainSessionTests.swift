import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// Lines out, lines in.
@Suite struct PlainSessionTests {
  @Test func `the catalog is a numbered list`() {
    var session = PlainSession()
    let lines = session.lines(for: Samples.snapshot())
    #expect(lines.contains("  1  SP1 Two programs, one port. 5 minutes, done."))
    #expect(lines.last == "Lesson 1 to 6, / and words to search, ? help, q quit:")
    #expect(session.lines(for: Samples.snapshot()) == [])
  }

  @Test func `a lesson opens by number, by code, and not by nonsense`() {
    var session = PlainSession()
    let snapshot = Samples.snapshot()
    #expect(session.handle(line: "99", snapshot).text == ["There is no lesson 99."])
    #expect(session.handle(line: "\u{1b}[2J", snapshot).text == ["There is no lesson \\x1b[2J."])
    #expect(session.handle(line: "2", snapshot).intents == [.resumeLesson("sp2-port-hopping")])
    session = PlainSession()
    #expect(session.handle(line: "sp2 anew", snapshot).intents == [.openLesson("sp2-port-hopping")])
    session = PlainSession()
    #expect(session.handle(line: "SP4 ", snapshot).intents == [.openLesson("sp4-listen-queue")])
  }

  @Test func `a question is answered by number`() {
    var session = PlainSession()
    _ = session.handle(line: "2", Samples.snapshot())
    let snapshot = Samples.snapshot(Samples.run())
    let lines = session.lines(for: snapshot)
    #expect(lines.contains("[SP2 step 4 of 7] OBSERVE"))
    #expect(
      lines.contains(
        "Event: srv connection 3 accepted a connection. Local 127.0.0.1 port 7777. Peer 127.0.0.1 port 43804."
      ))
    #expect(lines.contains("Kernel: srv conn 3, port 7777 with port 43804, ESTAB, new."))
    #expect(
      Array(lines.suffix(5)) == [
        "Question: In the row for the newest accepted connection, which port is on the server's side?",
        "  1  43804",
        "  2  7777", "  3  a different one for each client",
        "Answer 1 to 3, h hint, ? ways to look, b leave, q quit:",
      ])
    #expect(session.handle(line: "2", snapshot).intents == [.answer(["b"])])
    #expect(session.handle(line: "4", snapshot).text == ["4 means nothing here."])
    #expect(session.handle(line: "s", snapshot).intents == [])
    #expect(session.handle(line: "h", snapshot).intents == [.hint])
  }

  @Test func `only what is new is printed`() {
    var session = PlainSession()
    _ = session.handle(line: "2", Samples.snapshot())
    var run = Samples.run()
    _ = session.lines(for: Samples.snapshot(run))
    run.journal.append(.answered(keys: ["b"], correct: true, belief: nil))
    run.awaiting = .advance
    #expect(
      session.lines(for: Samples.snapshot(run)) == [
        "You answered 2. That is right.", "Enter goes on, b leave, ? help:",
      ])
  }

  @Test func `moves, hints and the solution have words`() {
    let bench = TryBench(
      goal: "Get a port below 50000.",
      moves: [.init(key: "a", text: "start again"), .init(key: "b", text: "bind 45000")],
      hintsLeft: 2)
    var session = PlainSession()
    _ = session.handle(line: "2", Samples.snapshot())
    let snapshot = Samples.snapshot(Samples.run(.move(bench), step: 5))
    #expect(session.lines(for: snapshot).last == "Move 1 to 2, h hint, s skip, solution, b leave, q quit:")
    #expect(session.handle(line: "2", snapshot).intents == [.move("b")])
    #expect(session.handle(line: "h", snapshot).intents == [.hint])
    #expect(session.handle(line: "solution", snapshot).intents == [.showSolution])
  }

  @Test func `an error is explained as text without borders`() {
    var session = PlainSession()
    _ = session.handle(line: "2", Samples.snapshot())
    let snapshot = Samples.snapshot(Samples.run(), Samples.failedStory)
    let lines = session.handle(line: "e", snapshot).text
    #expect(lines.first == "Error: The other side does not speak TLS")
    #expect(lines.contains("What it is NOT"))
    #expect(lines.allSatisfy { !$0.contains("│") && !$0.contains("|") && $0.allSatisfy(\.isASCII) })
  }

  @Test func `all that was said at the ends of a program can be read`() {
    var session = PlainSession()
    _ = session.handle(line: "2", Samples.snapshot())
    let (client, server) = (EndID("cli", 1), EndID("srv", 1))
    var story = Story()
    story.connect(client, 43788, to: server, 7777, .tls)
    story.say("GET /\r\nHost: b\r\n", from: client, to: server, clear: false)
    let snapshot = Samples.snapshot(Samples.run(), story)
    #expect(
      session.handle(line: "t cli", snapshot).text == [
        "cli has sent 16 bytes:", "  GET /", "  Host: b", "cli has received nothing.",
      ])
    #expect(
      session.handle(line: "t bob", snapshot).text == ["Nobody of that name has had a connection."])
  }

  @Test func `the end tells the score and the way on`() {
    var session = PlainSession()
    _ = session.handle(line: "2", Samples.snapshot())
    var run = Samples.run(.finished(.completed), step: 6)
    run.journal.append(.finished(.completed))
    let snapshot = Samples.snapshot(run)
    let lines = session.lines(for: snapshot)
    #expect(lines.contains("Done: SP2 Port hopping."))
    #expect(lines.last == "Enter goes back to the catalog, n next lesson, q quit:")
    #expect(session.handle(line: "", snapshot).intents == [.closeLesson])
    #expect(
      session.lines(for: Samples.snapshot()).last == "Lesson 1 to 6, / and words to search, ? help, q quit:")
  }

  @Test func `a lesson that begins anew stays the place, while there is no run yet`() {
    var session = PlainSession(inLesson: true)
    let snapshot = Samples.snapshot(Samples.run())
    _ = session.lines(for: snapshot)
    #expect(session.handle(line: "restart", snapshot).intents == [.restart])
    #expect(session.lines(for: Samples.snapshot()) == ["Opening the lesson."])
    #expect(session.lines(for: snapshot).contains("[SP2 step 4 of 7] OBSERVE"))
  }

  @Test func `a lesson that is done has no past, and the next one goes on where it was left`() {
    var session = PlainSession(inLesson: true)
    var run = LessonRun(lesson: Samples.catalog.lessons[0], catalog: Samples.catalog)
    run.awaiting = .finished(.completed)
    let snapshot = Samples.snapshot(run)
    #expect(
      session.handle(line: "past", snapshot).text
        == ["The lab was cleared at the end: there is no past to look at."])
    #expect(
      session.handle(line: "n", snapshot).intents == [.closeLesson, .resumeLesson("sp2-port-hopping")])
  }

  @Test func `the demo tells each visitor once`() {
    var session = PlainSession()
    #expect(session.handle(line: "d", Samples.snapshot()).intents == [.startDemo])
    var snapshot = Samples.snapshot()
    snapshot.demo = Samples.demo
    let lines = session.lines(for: snapshot)
    #expect(lines.contains("Event: connection from port 40028, TLS 1.3: 200 GET /, Firefox/153."))
    #expect(lines.contains("Event: connection from port 40044: error alert 48 unknown_ca."))
    #expect(session.lines(for: snapshot) == [])
    #expect(session.handle(line: "b", snapshot).intents == [.stopDemo])
  }

  @Test func `what is due is told, asked, and told of`() {
    var session = PlainSession()
    let snapshot = Samples.remembering
    #expect(session.lines(for: snapshot).contains("2 questions are due: r asks three at most."))
    let opened = session.handle(line: "r", snapshot)
    #expect(
      opened.text == [
        "Review: 2 questions from lessons you have done, in a new situation.", "",
        "Question 1 of 2, from SP1 Two programs, one port", "Question: \(Samples.due.ask)",
        "  1  25, all three", "  2  three others, chosen by the kernel", "  3  25, 26 and 27",
      ])
    #expect(session.lines(for: snapshot) == ["Answer 1 to 3, s skip, b back, q quit:"])
    #expect(session.handle(line: "7", snapshot).text == ["Please choose by number."])
    let answered = session.handle(line: "2", snapshot)
    #expect(
      answered.intents == [.reviewed(item: "sp1-two-programs/recall/0", belief: "M01", right: false)])
    #expect(answered.text.first == "The answer is 1. \(Samples.due.why)")
    let last = session.handle(line: "1 2", snapshot)
    #expect(last.intents == [.reviewed(item: "sp1-two-programs/recall/1", belief: nil, right: true)])
    #expect(
      last.text.last == "1 of 2 right. What was right rests longer. What was not comes back tomorrow.")
    #expect(session.lines(for: snapshot) == ["Lesson 1 to 6, / and words to search, ? help, q quit:"])
  }

  @Test func `the test is taken once before and once after`() {
    var session = PlainSession()
    var snapshot = Samples.remembering
    _ = session.handle(line: "check", snapshot)
    let silent = session.handle(line: "1", snapshot)
    #expect(silent.text.contains("Question 2 of 2") && !silent.text.contains { $0.contains("Right") })
    let over = session.handle(line: "1", snapshot)
    #expect(over.intents == [.checked(["M01": true, "M03": false])])
    #expect(over.text.contains { $0.contains("1 of 2 seen through") })
    #expect(!over.text.contains { $0.contains("first bytes") })
    snapshot.progress.checked(["M01": true, "M03": false], on: snapshot.today)
    #expect(session.handle(line: "check", snapshot).text.first == "Test after: 2 questions.")
    #expect(
      session.handle(line: "b", snapshot).text == ["Left. Nothing is kept of a test that was not finished."])
  }

  @Test func `somebody who is new is shown a path and questions, by the numbers of the list`() {
    var session = PlainSession()
    let snapshot = Samples.withWays
    let lines = session.lines(for: snapshot)
    #expect(lines.contains("New here? path lists the lessons of one evening."))
    #expect(
      session.handle(line: "path", snapshot).text == [
        "One evening. Two lessons, about half an hour.",
        "  2  SP2 Port hopping. 6 minutes, step 3 of 7 reached.",
        "  6  WB1 HTTP to a TLS port. 5 minutes.",
      ])
    #expect(
      session.handle(line: "questions", snapshot).text == [
        "  6  WB1 answers: My own client reaches the TLS server. Why does my browser not?",
        "  2  SP2 answers: My server listens on one port. Why does it report another one, and a new one each time?",
      ])
    #expect(
      session.handle(line: "4", snapshot).text == ["Opening TB1, Two pipes."])
  }

  @Test func `a pasted error message finds the lesson and its card`() {
    var session = PlainSession()
    let text = session.handle(line: "/wrong version number", Samples.snapshot()).text
    #expect(
      text == [
        "1 found:", "  6  WB1 HTTP to a TLS port.",
        "     Found by card tls-to-plain-port: The other side does not speak TLS",
      ])
    #expect(
      session.handle(line: "/xyzzy", Samples.snapshot()).text
        == [#"Nothing has "xyzzy" in it. Fewer words find more."#])
  }

  @Test func `what was searched for in vain is quoted as it was typed`() {
    var session = PlainSession()
    let typed = "/Error: xyzzy ECONNREFUSED 127.0.0.1:30443 while fetching /index.html"
    #expect(
      session.handle(line: typed, Samples.snapshot()).text == [
        #"Nothing has "Error: xyzzy ECONNREFUSED 127.0.0.1:30443 while fetching /in..." in it. "#
          + "Fewer words find more."
      ])
  }

  @Test func `a flood of one end and one way is one line, in its place`() {
    var story = Samples.story
    let (cli, srv) = (EndID("cli1", 1), EndID("srv", 1))
    let before = story.facts.last?.number ?? 0
    for _ in 0..<40 { story.add(.data(cli, .received, Bytes(kept: [65], total: 65_536))) }
    story.add(.data(cli, .sent, Bytes(text: "ok")))
    for _ in 0..<3 { story.add(.data(srv, .received, Bytes(text: "ok"))) }
    #expect(
      PlainEvents.after(before, in: story.state) == [
        "cli1 receives 40 times, 2621440 bytes in all.", #"cli1 sends 2 bytes: "ok"."#,
        #"srv connection 1 receives 2 bytes: "ok"."#, #"srv connection 1 receives 2 bytes: "ok"."#,
        #"srv connection 1 receives 2 bytes: "ok"."#,
      ])
  }

  @Test func `quitting is one letter everywhere`() {
    var session = PlainSession()
    #expect(session.handle(line: "q", Samples.snapshot()) == PlainReply(intents: [.quit], quit: true))
  }

  @Test func `two ladders are read one after the other, the left one first`() {
    let lines = PlainText.ladder(Samples.contrast)
    let left = lines.firstIndex { $0.hasPrefix("Left, PLAIN TCP. Ladder of cli3 and srv") }
    let right = lines.firstIndex { $0.hasPrefix("Right, TLS 1.3. Ladder of tcli2 and tsrv") }
    #expect(left == 0)
    #expect((right ?? 0) > 1)
    #expect(lines.contains("  client: ClientHello 308 B"))
  }

  @Test func `the past is told by its words, and what goes on is told in the present`() {
    var session = PlainSession()
    session.enterLesson()
    var snapshot = Samples.snapshot(Samples.run())
    _ = session.lines(for: snapshot)
    #expect(session.handle(line: "past", snapshot).intents == [.stepBack])
    snapshot.cursor = .past(event: 3, of: 9)
    snapshot.moment = PastMoment(microseconds: 12_000, step: nil)
    let told = session.lines(for: snapshot)
    #expect(told.contains { $0.hasPrefix("PAST. Event 3 of 9, 0.012 s into the run: #") })
    #expect(told.last == "Past: Enter forward, p back, live returns, ? help:")
    #expect(session.handle(line: "step 4", snapshot).intents == [.look(.step(4))])
    for line in ["k", "e", "e srv", "t srv", "ladder", "ladder srv", "wire", "wire srv", "errors"] {
      let text = session.handle(line: line, snapshot).text
      #expect(!text.isEmpty && !text.joined().contains("means nothing here"), "\(line)")
    }
    #expect(session.handle(line: "2", snapshot).intents == [])
    #expect(session.handle(line: "live", snapshot).intents == [.backToLive])
    snapshot.cursor = .live
    #expect(session.lines(for: snapshot).contains("LIVE. This is the present again."))
  }
}
