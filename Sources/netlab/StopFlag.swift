import LabScreen
import Synchronization

/// Raised once by a signal; wakes whoever waits.
final class StopFlag: Sendable {
  private let raised = Atomic(false)
  private let wake: Wake

  init(wake: Wake) { self.wake = wake }

  func raise() {
    raised.store(true, ordering: .sequentiallyConsistent)
    wake.signal()
  }

  var isRaised: Bool { raised.load(ordering: .sequentiallyConsistent) }
}
