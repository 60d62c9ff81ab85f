import LabCore
import LabFacts

@testable import LabCatalog

extension Samples {
  static let lesson = Lesson(
    id: "sp2-port-hopping", code: "SP2", track: "sockets", title: "Port hopping",
    question: "The server listens on one port. Why does its log show another number for each client?",
    minutes: 6, level: 1, seeds: ["S4.e"], needs: ["sp1-two-programs"],
    teaches: ["ephemeral-port", "four-tuple"],
    beliefs: ["M01", "M02"], layout: .init(pane: .connections),
    actors: [
      actor("srv", .server, .plain), actor("cli1", .client, .plain), actor("cli2", .client, .plain),
      actor("cli3", .client, .plain), actor("tsrv", .server, .tls), actor("tcli1", .client, .tls),
      actor("tcli2", .client, .tls),
    ],
    steps: [
      Step(id: "read", kind: .say("A server listens on one port.")),
      Step(id: "guess", kind: .predict(Prediction(ask: "Where does it go?", choices: [], confidence: true))),
      Step(id: "run", kind: .perform(Performance(actions: []))),
      Step(id: "look", kind: .observe(Observation(ask: "Who owns 43804?", choices: [], wrong: "Look at 3."))),
      Step(id: "why", kind: .explain(Refutation(say: "The client has it."))),
      Step(
        id: "try", kind: .attempt(Bench(goal: "Find it.", moves: [], doneWhen: [], hints: [], solution: []))),
      Step(id: "recall", kind: .recall([])),
    ])

  static func actor(_ id: ActorID, _ role: Side, _ transport: Transport) -> ActorDeclaration {
    var settings = ActorSettings()
    settings.transport = transport
    return ActorDeclaration(id: id, role: role, settings: settings)
  }

  static func named(_ id: String, _ code: String, _ track: String, _ title: String, _ minutes: Int) -> Lesson
  {
    Lesson(
      id: id, code: code, track: track, title: title, question: "What does \(title.lowercased()) mean?",
      minutes: minutes, beliefs: ["M03"],
      actors: [actor("srv", .server, .plain), actor("cli", .client, .plain)],
      steps: [Step(id: "read", kind: .say("Read."))])
  }

  static let catalog = Catalog(
    tracks: [
      Track(id: "sockets", code: "SP", title: "Sockets & ports", about: "Who is who."),
      Track(id: "tls-basics", code: "TB", title: "TLS basics", about: "What TLS adds."),
      Track(id: "when-it-breaks", code: "WB", title: "When it breaks", about: "Errors."),
      Track(id: "starttls", code: "ST", title: "STARTTLS", about: "Later."),
    ],
    lessons: [
      named("sp1-two-programs", "SP1", "sockets", "Two programs, one port", 5), lesson,
      named("sp4-listen-queue", "SP4", "sockets", "What Listen => 5 really means", 8),
      named("tb1-two-pipes", "TB1", "tls-basics", "Two pipes", 6),
      named("tb2-ladder", "TB2", "tls-basics", "The ladder", 9),
      named("wb1-http-to-tls", "WB1", "when-it-breaks", "HTTP to a TLS port", 5),
    ],
    beliefs: [
      Belief(
        id: "M01", belief: "After accept the server moves to a new port.",
        truth: "Every connection keeps the server's one port; the other number is the client's.",
        lessons: ["sp2-port-hopping"]),
      Belief(
        id: "M02", belief: "The client uses the same port number as the server.",
        truth: "The kernel gives each client a port of its own.", lessons: ["sp2-port-hopping"]),
      Belief(
        id: "M03", belief: "A TLS error means a bad certificate.",
        truth: "Most are decided before any certificate.",
        lessons: ["wb1-http-to-tls"]),
    ],
    cards: [.tlsToPlainPort: card])

  static var card: Explanation {
    var parts = Explanation.Parts()
    parts.title = "The other side does not speak TLS"
    parts.decided = "This end decided: the first bytes that came back were no TLS record."
    parts.what =
      "We sent a ClientHello. What came back began with {{failure.first_received}}. A TLS record begins with 16 03."
    parts.not = [
      "not a bad or untrusted certificate: none was sent",
      "not an old TLS version, whatever the library's words say",
      "not a firewall: bytes did come back",
    ]
    parts.causes = [
      .init(
        rank: 3, say: "The port belongs to a plain server: a wrong port number, or https:// for http://."),
      .init(rank: 1, say: "The server wants STARTTLS first: it speaks clear text until it is asked."),
    ]
    parts.check = [
      .init(run: "openssl s_client -connect 127.0.0.1:7777", tells: "fails the same way"),
      .init(run: "nc 127.0.0.1 7777", tells: "answers in clear text"),
    ]
    parts.fix = ["Use the server's TLS port.", "Or talk to this port without TLS."]
    parts.otherSide = "The server read our ClientHello as text and answered it as text."
    return Explanation(
      code: .tlsToPlainPort, parts: parts,
      elsewhere: [
        .init(program: "Chromium", says: "ERR_SSL_PROTOCOL_ERROR"),
        .init(program: "curl", says: "(35) wrong version number"),
      ], lessons: ["wb1-http-to-tls"])
  }

  static var progress: Progress {
    var progress = Progress()
    var done = Progress.Entry()
    (done.reached, done.steps, done.done) = (7, 7, "2026-11-20")
    progress.lessons["sp1-two-programs"] = done
    var started = Progress.Entry()
    (started.reached, started.steps) = (3, 7)
    progress.lessons["sp2-port-hopping"] = started
    progress.beliefs["M01"] = Progress.Belief()
    progress.beliefs["M01"]?.missed = 1
    progress.beliefs["M03"] = Progress.Belief()
    progress.beliefs["M03"]?.beaten = 2
    return progress
  }

  static let environment = EnvironmentInfo(
    opensslVersion: "OpenSSL 3.0.17", kernel: "Linux 6.18",
    progressPath: "~/.local/state/netlab/progress.json",
    dataPath: "lessons")

  static let observation = Question(
    kind: .observe,
    ask: "In the row for the newest accepted connection, which port is on the *server's* side?",
    options: [
      .init(key: "a", text: "43804"), .init(key: "b", text: "7777"),
      .init(key: "c", text: "a different one for each client"),
    ])

  /// A run at its observation, with its text, as the interpreter would have it.
  static func run(_ awaiting: Awaiting? = nil, step: Int = 3) -> LessonRun {
    var run = LessonRun(lesson: lesson, catalog: catalog)
    run.stepIndex = step
    run.awaiting = awaiting ?? .answer(observation)
    run.pane = StepPane(
      phase: run.phase, title: "Whose port is it?", paragraphs: [],
      predicted: .init(text: "the server moved to port 43804", correct: false), question: observation,
      prompt: "Press a, b or c.")
    run.journal = [
      .stepBegan(id: "look", number: 4, count: 7, phase: .observe), .asked(observation),
    ]
    run.answers.predictions = [
      .init(step: "guess", choice: "b", correct: false, confidence: 2, belief: "M01")
    ]
    run.answers.observations = [.init(step: "look", tries: 1)]
    run.answers.recalls = [.init(step: "recall", item: 0, correct: true, belief: nil)]
    run.answers.beliefsMissed = ["M01"]
    run.answers.beliefsBeaten = ["M02"]
    return run
  }

  static func snapshot(_ run: LessonRun? = nil, _ story: Story = Samples.story) -> LabSnapshot {
    LabSnapshot(
      catalog: catalog, progress: progress, lab: run == nil ? LabState() : story.state, run: run,
      demo: nil, environment: environment)
  }

  /// The HTTPS demo with two page views, one of them refused.
  static var demo: DemoSnapshot {
    var story = Story()
    story.listen("demo", 8443, .tls)
    visit(&story, 1, port: 40028, target: "/", at: 0)
    visit(&story, 2, port: 40030, target: "/favicon.ico", at: 30_000)
    let refused = EndID("demo", 3)
    open(&story, refused, port: 40044, at: 5_000_000)
    story.add(.tlsStarted(refused, .server))
    story.add(.message(refused, .received, clientHello))
    var evidence = Evidence()
    evidence.alert = Alert(level: .fatal, number: 48)
    evidence.alertDirection = .received
    story.add(
      .failed(
        refused,
        Failure(
          layer: .tls, code: .peerUnknownCa, phase: .handshakeAfterCertificate, decidedBy: .peer,
          evidence: evidence, verbatim: ["error:0A000418:SSL routines::tlsv1 alert unknown ca"])))
    return DemoSnapshot(
      lab: story.state, url: "https://localhost:8443/", plainURL: "http://localhost:8443/",
      certificate: certificate, certificateText: ["Certificate:", "    Data:", "        Version: 3 (0x2)"],
      caPath: "~/.local/state/netlab/pki/ca.pem", caFingerprint: certificate.fingerprint,
      trustSteps: TrustGuide.all(
        caPath: "/home/you/ca.pem", url: "https://localhost:8443/", fingerprint: certificate.fingerprint))
  }

  private static func open(_ story: inout Story, _ end: EndID, port: Int, at microseconds: Int) {
    story.add(
      .opened(
        end,
        .init(
          side: .server, transport: .tls, local: Endpoint("127.0.0.1", 8443),
          peer: Endpoint("127.0.0.1", port),
          localPortChosenBy: .configured)), after: microseconds)
  }

  private static func visit(
    _ story: inout Story, _ ordinal: Int, port: Int, target: String, at microseconds: Int
  ) {
    let end = EndID("demo", ordinal)
    open(&story, end, port: port, at: microseconds)
    story.add(.tlsStarted(end, .server))
    story.add(.message(end, .received, clientHello))
    story.add(.message(end, .sent, serverHello))
    story.add(.established(end, negotiated))
    story.add(
      .http(
        end,
        HTTPExchange(
          method: "GET", target: target, version: "HTTP/1.1",
          headers: [
            .init("Host", "localhost:8443"),
            .init("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"),
            .init("Accept", "text/html,application/xhtml+xml"),
          ], status: 200,
          responseHeaders: [
            .init("Content-Type", "text/html; charset=utf-8"), .init("Content-Length", "214"),
            .init("Connection", "keep-alive"),
          ], bodyLength: 214)))
  }
}
