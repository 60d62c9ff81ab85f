import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// The walk through held records.
@Suite struct GateTests {
  let cli = EndID("cli", 1)
  let srv = EndID("srv", 1)

  /// Until both ends are up, record by record.
  private static let walk =
    #"{ walk: { until: [ { fact: tls.handshake_done, of: [cli, "srv.conn(1)"] } ] } }"#

  static func lesson(_ actions: String = GateTests.walk) throws -> Lesson {
    let log = ProblemLog(file: "gate")
    let root = try #require(
      YamlFile.root(
        """
        netlab: 1
        id: tb9-gate
        code: TB9
        track: tls-basics
        title: "Gate"
        question: "What waits?"
        minutes: 1
        level: 1
        actors:
          srv: { role: server, kind: greet, transport: tls, identity: server }
          cli: { role: client, transport: tls, connect: srv, trust: [lab-ca], name: netlab.test }
        steps:
          - id: run
            do: [ { hold: [cli, srv] }, { start: [srv, cli] }, \(actions) ]
        """, log))
    let lesson = LessonReader.read(root, file: "gate")
    #expect(log.problems == [])
    return try #require(lesson)
  }

  /// Plays up to the first held record.
  func atTheGate(_ actions: String = GateTests.walk) throws -> Rehearsal {
    var play = Rehearsal(try Self.lesson(actions))
    play.happens(Told.listening("srv", port: 7443, transport: .tls))
    play.happens(Told.opened(cli, .client, port: 45000, peer: 7443, transport: .tls))
    play.happens(Told.opened(srv, .server, port: 7443, peer: 45000, transport: .tls))
    return play
  }

  @Test func `programs that are held start with a closed gate`() throws {
    var play = Rehearsal(try Self.lesson())
    var listen = ListenOrder(transport: .tls, kind: .greet, tls: TLSOptions(identity: "server"), gated: true)
    #expect(play.takeEffects() == [.listen("srv", listen)])
    listen.gated = false
    play.happens(Told.listening("srv", port: 7443, transport: .tls))
    let tls = TLSOptions(trust: ["lab-ca"], expectedName: "netlab.test", serverName: "netlab.test")
    let connect = ConnectOrder(to: Endpoint("127.0.0.1", 7443), transport: .tls, tls: tls, gated: true)
    #expect(play.takeEffects() == [.connect(cli, connect)])
  }

  @Test func `each Space lets the record go that has waited longest, whoever holds it`() throws {
    var play = try atTheGate()
    _ = play.takeEffects()
    play.happens(.held(cli, title: "ClientHello", waiting: 1))
    #expect(play.run.awaiting == .release(waiting: 1))
    play.person(.advance)
    #expect(play.takeEffects() == [.release(cli)])
    play.person(.advance)
    #expect(play.takeEffects() == [])
    play.happens(.released(cli, title: "ClientHello", waiting: 0))
    play.happens(.held(srv, title: "ServerHello", waiting: 1), .held(srv, title: "Finished", waiting: 2))
    #expect(play.run.awaiting == .release(waiting: 2))
    play.person(.advance)
    play.happens(.released(srv, title: "ServerHello", waiting: 1), .held(cli, title: "Finished", waiting: 1))
    play.person(.advance)
    #expect(play.takeEffects() == [.release(srv), .release(srv)])
  }

  @Test func `the walk ends when its conditions hold and nothing is held`() throws {
    var play = try atTheGate()
    play.happens(.held(cli, title: "ClientHello", waiting: 1))
    play.person(.advance)
    play.happens(.released(cli, title: "ClientHello", waiting: 0), .established(srv, Told.negotiated))
    #expect(play.run.awaiting == .facts("the next message"))
    play.happens(.held(cli, title: "Finished", waiting: 1), .established(cli, Told.negotiated))
    #expect(play.run.awaiting == .release(waiting: 1))
    play.person(.advance)
    play.happens(.released(cli, title: "Finished", waiting: 0))
    #expect(play.run.awaiting == .advance)
  }

  @Test func `a flight has a moment to begin, and an action's time from its first record on`() throws {
    var play = try atTheGate(#"{ carry: { from: cli } }, { carry: { from: "srv.conn(1)" } }"#)
    play.happens(
      .held(cli, title: "ClientHello", waiting: 1), .released(cli, title: "ClientHello", waiting: 0))
    #expect(play.clocks.last == 1000)
    _ = play.takeEffects()
    play.happens(.held(srv, title: "ServerHello", waiting: 1))
    #expect(play.clocks == [5000])
    #expect(play.takeEffects() == [.release(srv)])
    play.happens(.held(srv, title: "Finished", waiting: 1))
    #expect(play.clocks == [])
    play.happens(.released(srv, title: "ServerHello", waiting: 1))
    #expect(play.takeEffects() == [.release(srv)])
  }

  @Test func `running free lets records go as they come`() throws {
    var play = try atTheGate()
    play.happens(.held(cli, title: "ClientHello", waiting: 1))
    _ = play.takeEffects()
    play.person(.runFree(true))
    play.happens(
      .released(cli, title: "ClientHello", waiting: 0), .held(srv, title: "ServerHello", waiting: 1))
    #expect(play.takeEffects() == [.release(cli), .release(srv)])
  }

  @Test func `no clock runs while a person looks at a held record, and one runs when nothing comes`() throws {
    var play = try atTheGate()
    play.happens(.held(cli, title: "ClientHello", waiting: 1))
    play.deadlinePasses()
    #expect(play.run.result == nil)
    play.person(.advance)
    play.happens(.released(cli, title: "ClientHello", waiting: 0))
    play.deadlinePasses()
    #expect(
      play.run.result
        == .differed(
          ["cli", "srv connection 1"].map {
            Mismatch(subject: $0, expected: "the handshake is done", seen: "the handshake is not done")
          }))
  }
}

extension Rehearsal {
  /// Milliseconds of the clocks started since the last look.
  fileprivate var clocks: [Int] {
    effects.compactMap { effect in
      if case .startTimer(_, let milliseconds) = effect { return milliseconds }
      return nil
    }
  }
}
