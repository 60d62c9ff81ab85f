import LabFacts
import NIOCore

/// Facts of what was wiped must not follow the wipe, so each run has a door of its own. Belongs to the
/// bench's loop.
final class Door {
  let sink: FactSink
  private(set) var run = 0

  init(sink: @escaping FactSink) { self.sink = sink }

  /// A sink that falls silent with the next wipe. To be called on the bench's loop.
  func forThisRun(_ loop: any EventLoop) -> FactSink {
    let opened = run
    let door = NIOLoopBound(self, eventLoop: loop)
    return { fact in if door.value.run == opened { door.value.sink(fact) } }
  }

  func next() { run += 1 }
}
