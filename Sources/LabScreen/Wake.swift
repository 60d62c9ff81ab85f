import CNCurses
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Wakes the screen's thread from any other one. Many signals before it looks are one.
package final class Wake: Sendable {
  /// What the screen's `poll` watches.
  package let descriptor: Int32
  private let writer: Int32
  private let pending = Atomic(false)

  /// nil where the process has no descriptors left.
  package init?() {
    var ends: (Int32, Int32) = (-1, -1)
    let made = withUnsafeMutableBytes(of: &ends) {
      lab_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard made else { return nil }
    (descriptor, writer) = ends
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Callable from any thread; never waits.
  package func signal() {
    if pending.exchange(true, ordering: .sequentiallyConsistent) { return }
    var byte: UInt8 = 1
    _ = write(writer, &byte, 1)
  }

  /// Takes what was signalled. Only after it the mailbox may be read: a signal that comes in between is kept.
  package func drain() {
    var bytes: (UInt64, UInt64) = (0, 0)
    while read(descriptor, &bytes, 16) > 0 {}
    pending.store(false, ordering: .sequentiallyConsistent)
  }
}
