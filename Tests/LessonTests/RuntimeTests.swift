import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import Testing

/// The actor in the middle: intents in, snapshots out.
struct RuntimeTests {
  /// A lab whose snapshots can be waited for.
  private final class Watched: Sendable {
    let lab: LabRuntime
    private let snapshots: AsyncStream<LabSnapshot>

    init() {
      let (stream, continuation) = AsyncStream.makeStream(of: LabSnapshot.self)
      snapshots = stream
      lab = LabRuntime(
        catalog: Shipped.catalog,
        surroundings: LabRuntime.Surroundings(
          environment: EnvironmentInfo(), state: StateFolder(path: "/nonexistent"), keepsNothing: true,
          demoPort: 0,
          now: { Int64(Date().timeIntervalSince1970) })
      ) { continuation.yield($0) }
    }

    /// The next snapshot with that property. The time limit of the test bounds the wait.
    func first(where condition: (LabSnapshot) -> Bool) async throws -> LabSnapshot {
      for await snapshot in snapshots where condition(snapshot) { return snapshot }
      throw Ended()
    }

    struct Ended: Error {}
  }

  @Test(.timeLimit(.minutes(1))) func `looking back shows the past and leaves the sockets alone`()
    async throws
  {
    let watched = Watched()
    await watched.lab.start()
    watched.lab.send(.openLesson("sp2-port-hopping"))
    let begun = try await watched.first { $0.lab.servers["tsrv"]?.listening != nil }
    #expect(begun.cursor == .live)
    watched.lab.send(.stepBack)
    watched.lab.send(.stepBack)
    let past = try await watched.first { if case .past = $0.cursor { true } else { false } }
    #expect(past.lab.servers["tsrv"]?.listening == nil || past.lab.servers["srv"]?.listening != nil)
    watched.lab.send(.replay)
    let first = try await watched.first { if case .past(event: 1, _) = $0.cursor { true } else { false } }
    #expect(first.lab.servers["tsrv"]?.listening == nil)
    watched.lab.send(.backToLive)
    let live = try await watched.first { $0.cursor == .live }
    #expect(live.lab.servers["tsrv"]?.listening == begun.lab.servers["tsrv"]?.listening)
    await watched.lab.shutDown()
  }

  @Test(.timeLimit(.minutes(1))) func `resetting begins the lesson anew on fresh sockets`() async throws {
    let watched = Watched()
    await watched.lab.start()
    watched.lab.send(.openLesson("SP2"))
    let begun = try await watched.first {
      $0.run?.awaiting == .advance && $0.lab.servers["srv"]?.listening != nil
    }
    watched.lab.send(.advance)
    let second = try await watched.first { ($0.run?.stepIndex ?? 0) > (begun.run?.stepIndex ?? 0) }
    #expect(second.run != nil)
    watched.lab.send(.restart)
    let anew = try await watched.first { $0.run?.stepIndex == 0 && $0.lab.servers["srv"]?.listening != nil }
    #expect(anew.lab.ends.isEmpty)
    await watched.lab.shutDown()
  }

  @Test(.timeLimit(.minutes(1)))
  func `the demo listens in both families on one port, and a lesson does not disturb it`() async throws {
    let watched = Watched()
    await watched.lab.start()
    watched.lab.send(.startDemo)
    let demo = try await watched.first { snapshot in
      snapshot.demo?.lab.servers["demo"]?.listening != nil && snapshot.demo?.lab.servers["demo6"] != nil
    }
    let four = demo.demo?.lab.servers["demo"]?.listening?.endpoint
    if let six = demo.demo?.lab.servers["demo6"]?.listening?.endpoint { #expect(six.port == four?.port) }
    #expect(demo.demo?.url == "https://localhost:\(four?.port ?? 0)/")
    watched.lab.send(.openLesson("tb1-two-pipes"))
    let both = try await watched.first { $0.run != nil }
    #expect(both.demo?.lab.servers["demo"]?.listening?.endpoint == four)
    watched.lab.send(.stopDemo)
    _ = try await watched.first { $0.demo == nil }
    await watched.lab.shutDown()
  }
}
