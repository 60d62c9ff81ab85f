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

    /// Where nothing is said of a state folder, nothing is kept.
    init(state: String? = nil) {
      let (stream, continuation) = AsyncStream.makeStream(of: LabSnapshot.self)
      snapshots = stream
      lab = LabRuntime(
        catalog: Shipped.catalog,
        surroundings: LabRuntime.Surroundings(
          environment: EnvironmentInfo(), state: StateFolder(path: state ?? "/nonexistent"),
          keepsNothing: state == nil,
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

  @Test(.timeLimit(.minutes(1)))
  func `a sandbox is as it was left, whatever other was opened and closed since`() async throws {
    let watched = Watched()
    await watched.lab.start()
    watched.lab.send(.sandbox(.open(at: nil)))
    watched.lab.send(.sandbox(.fault("tsrv", "refuse-accept")))
    watched.lab.send(.sandbox(.close))
    watched.lab.send(.openLesson("sp2-port-hopping"))
    _ = try await watched.first { $0.run != nil }
    watched.lab.send(.sandbox(.open(at: nil)))
    watched.lab.send(.sandbox(.fault("tsrv", "accept-or-die")))
    watched.lab.send(.sandbox(.close))
    watched.lab.send(.sandbox(.close))
    watched.lab.send(.closeLesson)
    watched.lab.send(.sandbox(.open(at: nil)))
    let again = try await watched.first { $0.sandbox?.state.note == "As you left it." }
    #expect(again.sandbox?.state.origin == SandboxState().origin)
    #expect(again.sandbox?.state.changes.isEmpty == false)
    await watched.lab.shutDown()
  }

  @Test(.timeLimit(.minutes(1)))
  func `a lesson that was left goes on at its step, with what was predicted then`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("netlab-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let lesson = try #require(Shipped.catalog.lesson("SP2"))
    let predict = try #require(lesson.steps.firstIndex { $0.phase == .predict })
    let explain = try #require(lesson.steps.firstIndex { $0.phase == .explain })
    var entry = LabCore.Progress.Entry()
    (entry.reached, entry.steps) = (explain + 1, lesson.steps.count)
    entry.predictions = [
      .init(step: lesson.steps[predict].id, choice: "a", correct: false, confidence: 3)
    ]
    var progress = LabCore.Progress()
    progress.lessons[lesson.id] = entry
    let state = StateFolder(path: folder.path)
    #expect(ProgressStore(path: state.progress).save(progress) == nil)
    let watched = Watched(state: folder.path)
    await watched.lab.start()
    watched.lab.send(.resumeLesson(lesson.id))
    let there = try await watched.first { $0.run?.stepIndex == explain && $0.run?.isCatchingUp == false }
    let run = try #require(there.run)
    #expect(run.answers.predictions.map(\.choice) == ["a"])
    #expect(run.answers.observations.isEmpty && run.answers.beliefsBeaten.isEmpty)
    #expect(there.lab.ends.count > 1)
    #expect(there.progress.beliefs.isEmpty)
    #expect(there.progress.lessons[lesson.id]?.predictions == entry.predictions)
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
  func `a lesson that is done can still be taken along, until another is opened`() async throws {
    let watched = Watched()
    await watched.lab.start()
    watched.lab.send(.openLesson("sp1-two-programs"))
    let player = AutoPlayer()
    var sent = 1
    _ = try await watched.first { snapshot in
      // Each wish waits for the answer to the one before.
      if snapshot.intentsTaken == sent, let run = snapshot.run, let intent = player.nextIntent(for: run) {
        sent += 1
        watched.lab.send(intent)
      }
      return snapshot.run?.result == .completed && snapshot.lab.ends.isEmpty
    }
    let saved = try #require(await watched.lab.runToTake)
    #expect(saved.lesson == "sp1-two-programs")
    #expect(saved.facts.count > 10 && !saved.marks.isEmpty)
    watched.lab.send(.openLesson("sp2-port-hopping"))
    _ = try await watched.first { $0.run?.lesson.id == "sp2-port-hopping" }
    let next = await watched.lab.runToTake
    #expect(next?.lesson == "sp2-port-hopping")
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
