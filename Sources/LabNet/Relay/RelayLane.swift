import LabProtocols
import NIOCore

/// What is on its way from one party of a relay to the other.
struct RelayLane {
  /// The party says no more.
  var hasEnded = false
  /// And the other one was told so, after all the bytes.
  var hasPassedEnd = false
  /// Bytes that a hook keeps for a while.
  private(set) var delayed = 0
  private var lastDue: NIODeadline?
  private var chunks = 0

  /// Bytes a delay may keep before the relay stops reading.
  static let delayedLimit = 256 * 1024

  var isFull: Bool { delayed >= RelayLane.delayedLimit }
  var isWaiting: Bool { chunks > 0 }

  /// When a chunk, or the end, may go on: never before what came before it. Nothing: at once.
  func due(after milliseconds: Int) -> NIODeadline? {
    guard milliseconds > 0 || isWaiting else { return nil }
    let due = NIODeadline.now() + .milliseconds(Int64(milliseconds))
    return max(due, lastDue ?? due)
  }

  mutating func keep(_ count: Int, until due: NIODeadline) {
    chunks += 1
    delayed += count
    lastDue = due
  }

  mutating func letGo(_ count: Int) {
    chunks -= 1
    delayed -= count
  }
}
