import LabCore
import LabFacts

@testable import LabCatalog

/// A lesson that has come to a question of each kind, played by the interpreter itself.
enum AskedKind: String, CaseIterable, Sendable {
  case multi
  case bool
  case teachBack = "teach-back"
  case number
  case fill
  case order
  case pointRow = "point-row"
  case pointRung = "point-rung"

  private var answering: Answering {
    switch self {
    case .multi:
      .pick(
        .multi,
        [
          Choice(key: "a", text: "43788", correct: true), Choice(key: "b", text: "51572"),
          Choice(key: "c", text: "7777", correct: true),
        ])
    case .bool: .bool(correct: false)
    case .teachBack:
      .pick(
        .teachBack,
        [
          Choice(key: "a", text: "The server keeps its port.", correct: true),
          Choice(key: "b", text: "The server moves to a new port."),
          Choice(key: "c", text: "The client's kernel chose the other one.", correct: true),
        ])
    case .number: .number(correct: "43804")
    case .fill: .fill(BlankField(of: .named("tcli2"), path: "tls.hello_sni"), correct: "netlab.test")
    case .order: .order(["The server listens", "The client connects", "The server accepts"])
    case .pointRow: .point(PointTarget(pane: .connections, target: .named("srv.conn(3)")))
    case .pointRung:
      .point(PointTarget(pane: .ladder, target: .named("tcli2"), message: "Finished", direction: .sent))
    }
  }

  private var ask: String {
    switch self {
    case .multi: "Which of these are ports of the first plain connection?"
    case .bool: "The server moved to another port."
    case .teachBack: "Which two sentences belong in the explanation?"
    case .number: "Which port did the kernel choose for cli3?"
    case .fill: "Which name did the second TLS client ask for?"
    case .order: "In which order did it happen?"
    case .pointRow: "Put the cursor on the newest accepted connection."
    case .pointRung: "Put the cursor on the client's Finished."
    }
  }

  private var lesson: Lesson {
    var lesson = Samples.lesson
    let observation = Observation(ask: ask, answering: answering, wrong: "Look at pane 3.")
    lesson.steps[3] = Step(id: "look", kind: .observe(observation))
    return lesson
  }

  /// The lesson at its question.
  var run: LessonRun {
    let lab = AskedKind.story.state
    var run = LessonRun(lesson: lesson, catalog: Samples.catalog)
    run.stepIndex = 3
    _ = run.enterStep(lab)
    // A row of the kernel's table is asked for when the table has been read anew.
    if let sample = lab.kernel { _ = run.handle(.kernel(sample), lab) }
    return run
  }

  var snapshot: LabSnapshot { Samples.snapshot(run, AskedKind.story) }

  /// After an answer of the learner.
  func snapshot(after answer: [String]) -> LabSnapshot {
    var run = run
    _ = run.handle(.answer(answer), AskedKind.story.state)
    return Samples.snapshot(run, AskedKind.story)
  }

  /// The samples' lab, and a ClientHello whose bytes say which name it asks for.
  static var story: Story {
    var story = Samples.story
    let name = Array("netlab.test".utf8)
    let bytes: [UInt8] = [0x16, 3, 1, 0, 20, 0, 0, 0, 16] + name + [0, 11]
    story.add(
      .wire(
        EndID("tcli2", 1), .sent,
        WireSegment(
          kind: .record(type: 22, names: ["ClientHello"], encrypted: false), offset: 0, bytes: Bytes(bytes),
          ranges: [
            LabelledRange(0, 1, "type", "handshake"), LabelledRange(1, 2, "version", "TLS 1.0"),
            LabelledRange(5, 15, "server_name", "netlab.test"),
            LabelledRange(9, name.count, "content", "netlab.test"),
          ])))
    return story
  }
}

extension Subject {
  /// For tests, whose words are right.
  static func named(_ text: String) -> Subject {
    guard let subject = Subject(text) else { preconditionFailure("\(text) is no subject") }
    return subject
  }
}
