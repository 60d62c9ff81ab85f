import LabCanvas
import LabCore
import LabFacts
import LabTesting
import LabViews

@testable import LabCatalog

/// Labs for the pictures of panes.
enum PaneSamples {
  static let cli1 = EndID("cli1", 1)
  static let cli2 = EndID("cli2", 1)
  static let tcli = EndID("tcli", 1)
  static let srv1 = EndID("srv", 1)
  static let srv2 = EndID("srv", 2)
  static let tsrv1 = EndID("tsrv", 1)

  /// A plain pair and a TLS pair that have said the same.
  static var paired: FactStory {
    var story = FactStory()
    story.listen("srv", 7777)
    story.listen("tsrv", 7443, .tls)
    story.open(cli1, from: 43788, to: 7777)
    story.accept(srv1, at: 7777, from: 43788)
    story.talk(cli1, srv1, "Herbert", "Hey Herbert!")
    story.open(tcli, from: 51572, to: 7443, .tls)
    story.accept(tsrv1, at: 7443, from: 51572, .tls)
    story.handshake(tcli, tsrv1)
    story.talk(tcli, tsrv1, "Sabine", "Hey Sabine!")
    story.kernel([
      (.listen, 7443, 0), (.established, 7443, 51572), (.listen, 7777, 0), (.established, 7777, 43788),
      (.established, 43788, 7777), (.established, 51572, 7443),
    ])
    return story
  }

  /// The TLS client's ServerHello and what follows is held; a second plain client has just come.
  static var held: FactStory {
    var story = FactStory()
    story.listen("tsrv", 7443, .tls)
    story.open(tcli, from: 51572, to: 7443, .tls)
    story.accept(tsrv1, at: 7443, from: 51572, .tls)
    story.tell(.tlsState(tcli, "waits for ServerHello"))
    story.pass(FactStory.clientHello, from: tcli, to: tsrv1)
    story.tell(.message(tsrv1, .sent, FactStory.serverHello))
    story.tell(.message(tsrv1, .sent, HandshakeMessage(type: 8, length: 10, encrypted: true)))
    story.tell(.message(tsrv1, .sent, FactStory.certificate))
    story.tell(.tlsState(tsrv1, "waits for the client's Finished"))
    for (waiting, title) in ["ServerHello", "EncryptedExtensions", "Certificate"].enumerated() {
      story.tell(.held(tsrv1, title: title, waiting: waiting))
    }
    return story
  }

  /// The client refuses the certificate.
  static var refused: FactStory {
    var story = FactStory()
    story.listen("tsrv", 7443, .tls)
    story.open(tcli, from: 51572, to: 7443, .tls)
    story.accept(tsrv1, at: 7443, from: 51572, .tls)
    story.pass(FactStory.clientHello, from: tcli, to: tsrv1)
    story.tell(.message(tsrv1, .sent, FactStory.serverHello))
    story.tell(.message(tsrv1, .sent, FactStory.certificate))
    story.tell(.message(tsrv1, .sent, HandshakeMessage(type: 15, length: 78, encrypted: true)))
    story.tell(.message(tcli, .received, FactStory.serverHello))
    story.tell(.message(tcli, .received, FactStory.certificate))
    story.tell(.verified(tcli, FactStory.untrusted))
    let alert = Alert(level: .fatal, number: 48)
    for (end, direction) in [(tcli, Direction.sent), (tsrv1, .received)] {
      story.tell(
        .wire(
          end, direction,
          WireSegment(
            kind: .record(type: 23, names: ["alert unknown_ca"], encrypted: true), offset: 0,
            bytes: Bytes([0x17, 0x03, 0x03, 0x00, 0x13]))))
      story.tell(.alert(end, direction, alert))
      story.tell(.failed(end, end == tcli ? FactStory.unknownCA : FactStory.peerUnknownCA))
      let by: Failure.Decider = end == tcli ? .here : .peer
      story.tell(.closed(end, Fact.Closing(manner: .aborted, by: by, traffic: Fact.Traffic())))
    }
    return story
  }

  /// A ClientHello record with its named parts, still the only bytes of its connection.
  static var hello: FactStory {
    var story = FactStory()
    story.listen("tsrv", 7443, .tls)
    story.open(tcli, from: 51572, to: 7443, .tls)
    let bytes: [UInt8] =
      [0x16, 0x03, 0x01, 0x00, 0x31, 0x01, 0x00, 0x00, 0x2d, 0x03, 0x03] + (0..<32).map { 0xa0 &+ $0 }
      + [0x00, 0x00, 0x02, 0x13, 0x02, 0x01, 0x00, 0x00, 0x00, 0x6e, 0x65]
    let ranges = [
      LabelledRange(0, 1, "type", "handshake"), LabelledRange(1, 2, "version", "TLS 1.0"),
      LabelledRange(3, 2, "length", "49 bytes"), LabelledRange(5, 49, "ClientHello", "49 bytes"),
      LabelledRange(5, 1, depth: 1, "message type", "ClientHello"),
      LabelledRange(9, 2, depth: 1, "version", "TLS 1.2"),
      LabelledRange(11, 32, depth: 1, "random", "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"),
      LabelledRange(44, 4, depth: 1, "cipher suites", "TLS_AES_256_GCM_SHA384"),
      LabelledRange(52, 2, depth: 2, "content", "netlab.test"),
    ]
    story.tell(
      .wire(
        tcli, .sent,
        WireSegment(
          kind: .record(type: 22, names: ["ClientHello"], encrypted: false), offset: 0,
          bytes: Bytes(bytes, limit: 54), ranges: ranges)))
    return story
  }

  /// Everything a socket table can tell: a fallback port, the accept queue, a connection being made, and
  /// one that only the kernel remembers.
  static var crowded: FactStory {
    var story = FactStory()
    story.listen("srv", 40123, chosenBy: .fallback, preferred: 7777)
    story.tell(.acceptingChanged("srv", false))
    story.kernel([(.listen, 40123, 0)])
    story.open(cli1, from: 43788, to: 40123)
    story.tell(
      .connecting(cli2, Fact.Connecting(to: Endpoint("127.0.0.1", 40123), transport: .plain)),
      after: 4_000_000)
    story.open(EndID("cli3", 1), from: 43700, to: 40123)
    story.tell(
      .closed(EndID("cli3", 1), Fact.Closing(manner: .clean, by: .here, traffic: Fact.Traffic())))
    story.kernel(
      [
        (.listen, 40123, 0), (.established, 40123, 43788), (.established, 43788, 40123),
        (.synSent, 43790, 40123),
        (.timeWait, 43700, 40123),
      ], queues: [40123: 1])
    return story
  }

  /// A client that considers TLS 1.3 up while the server has not answered since.
  static var unconfirmed: FactStory {
    var story = FactStory()
    story.listen("tsrv", 7443, .tls)
    story.open(tcli, from: 51572, to: 7443, .tls)
    story.accept(tsrv1, at: 7443, from: 51572, .tls)
    story.handshake(tcli, tsrv1, confirmed: false)
    return story
  }

  /// The kernel was asked, and has nothing.
  static var silent: FactStory {
    var story = FactStory()
    story.kernel([])
    return story
  }

  /// A server on a pipe: the kernel knows no socket of it.
  static var piped: FactStory {
    var story = silent
    story.tell(
      .listening(
        "tsrv",
        Fact.Listening(
          network: .pipe, endpoint: .pipe("tsrv"), transport: .tls, chosenBy: .configured, backlog: 5)))
    return story
  }

  /// A browser's connection: one end in the lab.
  static var visited: FactStory {
    var story = FactStory()
    story.listen("tsrv", 8443, .tls)
    story.accept(tsrv1, at: 8443, from: 40028, .tls)
    story.tell(.message(tsrv1, .received, FactStory.clientHello))
    story.tell(.message(tsrv1, .sent, FactStory.serverHello))
    story.tell(
      .http(
        tsrv1,
        HTTPExchange(
          method: "GET", target: "/", version: "HTTP/1.1", headers: [], status: 200, responseHeaders: [],
          bodyLength: 3)
      ))
    return story
  }

  static var plain: FactStory {
    var story = FactStory()
    story.open(cli1, from: 43788, to: 7777)
    story.accept(srv1, at: 7777, from: 43788)
    story.talk(cli1, srv1, "Herbert\u{7}", "Hey Herbert!\n")
    return story
  }

  /// A chunk of which only the beginning was kept.
  static var cut: FactStory {
    var story = FactStory()
    story.open(cli1, from: 43788, to: 7777)
    let chunk = Bytes(kept: Array("0123456789abcdef".utf8), total: 100_000)
    story.tell(.wire(cli1, .sent, WireSegment(kind: .clear, offset: 0, bytes: chunk)))
    return story
  }

  static func actor(_ id: ActorID, _ role: Side, _ transport: Transport) -> ActorDeclaration {
    var settings = ActorSettings()
    settings.transport = transport
    return ActorDeclaration(id: id, role: role, settings: settings)
  }

  static let lesson = Lesson(
    id: "sp2-port-hopping", code: "SP2", track: "sockets", title: "Port hopping",
    question: "Which port is whose?",
    actors: [
      actor("srv", .server, .plain), actor("cli1", .client, .plain), actor("cli2", .client, .plain),
      actor("tsrv", .server, .tls), actor("tcli", .client, .tls),
    ], steps: [Step(id: "one", kind: .say("One."))])

  static func run(_ pane: StepPane = StepPane(), awaiting: Awaiting = .advance) -> LessonRun {
    var run = LessonRun(lesson: lesson, catalog: Catalog())
    run.pane = pane
    run.awaiting = awaiting
    return run
  }

  static func context(_ story: FactStory, _ glyphs: Glyphs = .unicode, run: LessonRun? = nil) -> PaneContext {
    PaneContext(lab: story.state, run: run ?? PaneSamples.run(), catalog: Catalog(), glyphs: glyphs)
  }

  /// The inside of a pane as lines of text; empty lines at the end are left out.
  static func picture(_ pane: any PaneView.Type, _ width: Int, _ height: Int, _ context: PaneContext)
    -> String
  {
    var canvas = Canvas(Size(width, height))
    pane.draw(&canvas, in: Rect(canvas.size), context)
    var lines = canvas.lines
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
