import Dispatch
import Synchronization

/// A piece of work on a thread of its own, that another thread waits for.
final class Background: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let trouble = Mutex<(any Error)?>(nil)

  init(_ work: @escaping @Sendable () throws -> Void) {
    DispatchQueue(label: "background").async {
      do { try work() } catch { self.trouble.withLock { $0 = error } }
      self.done.signal()
    }
  }

  /// Blocks until the work is done, and throws what it threw.
  func wait() throws {
    done.wait()
    if let trouble = trouble.withLock({ $0 }) { throw trouble }
  }
}
