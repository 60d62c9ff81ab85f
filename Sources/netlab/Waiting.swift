import Dispatch
import Synchronization

/// Lets the main thread, which belongs to the terminal, wait for asynchronous work.
enum Waiting {
  /// Runs the work to its end and answers its result. For the main thread only: a thread of the
  /// cooperative pool must never wait like this.
  static func wait<Result: Sendable>(for work: @escaping @Sendable () async -> Result) -> Result {
    let place = Place<Result>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      place.put(await work())
      done.signal()
    }
    while true {
      done.wait()
      if let result = place.take() { return result }
    }
  }

  private final class Place<Result: Sendable>: Sendable {
    private let value = Mutex<Result?>(nil)
    func put(_ result: Result) { value.withLock { $0 = result } }
    func take() -> Result? { value.withLock { $0 } }
  }
}
