import LabCatalog
import LabFacts
import LabRuntime
import Testing

/// A sandbox on real sockets, whose snapshots can be waited for.
struct SandboxBench {
  private let lab: LabRuntime
  private let snapshots: AsyncStream<LabSnapshot>

  private init() async {
    let (stream, continuation) = AsyncStream.makeStream(of: LabSnapshot.self)
    snapshots = stream
    lab = LabRuntime(catalog: Shipped.catalog, surroundings: Shipped.surroundings) { continuation.yield($0) }
    await lab.start()
  }

  /// Opens it on a lesson or a fresh pair, does what is wished, runs once, and ends.
  static func run(_ wishes: [SandboxIntent], lesson: String? = nil) async throws -> LabSnapshot {
    let bench = await SandboxBench()
    if let lesson {
      bench.lab.send(.openLesson(lesson))
      _ = try await bench.first { $0.run?.awaiting == .advance }
    }
    bench.lab.send(.sandbox(.open(at: nil)))
    for wish in wishes { bench.lab.send(.sandbox(wish)) }
    bench.lab.send(.sandbox(.run))
    let last = try await bench.first { $0.sandbox?.state.runs.isEmpty == false }
    await bench.lab.shutDown()
    return last
  }

  private func first(where condition: (LabSnapshot) -> Bool) async throws -> LabSnapshot {
    for await snapshot in snapshots where condition(snapshot) { return snapshot }
    throw Ended()
  }

  private struct Ended: Error {}
}
