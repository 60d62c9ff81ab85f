import LabCatalog
import LabScreen
import Synchronization

/// A place for one snapshot: a newer one replaces an older one nobody has looked at. The lab puts, the
/// terminal's thread takes.
final class Mailbox: Sendable {
  private let slot: Mutex<LabSnapshot?>
  private let wake: Wake

  init(wake: Wake) {
    self.wake = wake
    slot = Mutex(nil)
  }

  /// From any thread; never waits for the one who takes.
  func put(_ snapshot: LabSnapshot) {
    slot.withLock { $0 = snapshot }
    wake.signal()
  }

  /// The newest snapshot, once.
  func take() -> LabSnapshot? {
    slot.withLock { value in
      defer { value = nil }
      return value
    }
  }
}
