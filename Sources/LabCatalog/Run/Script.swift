import LabCore
import LabFacts

/// Actions at work, one after the other, and what must come true after the last.
struct Script: Equatable, Sendable {
  /// Why the actions are done.
  enum Purpose: Equatable, Sendable {
    case step
    case move
    case solution
    /// A row must be in the kernel's table before a question is asked about it.
    case question
  }

  /// What the script waits for.
  enum Wait: Equatable, Sendable {
    /// The next action may be done.
    case nothing
    case settling(Settling)
    /// Records of this subject are to be let go.
    case releasing(Subject, left: Int)
    /// Everything this end has written is to be let go, as soon as there is something.
    case carrying(EndID, hasBegun: Bool)
    case walking(until: [Condition])
    case condition(Condition)
    /// All actions are done.
    case expecting
  }

  var actions: [Action]
  var expect: [Condition] = []
  var order: [OrderEntry] = []
  /// Predictions that this run must prove wrong.
  var wrong: [WrongOutcome] = []
  var milliseconds = 5000
  var allowsErrors = false
  var purpose = Purpose.step

  var wait = Wait.nothing
  var deadline: TimerID?
  var sampler: TimerID?
  /// The kernel's table was read after the wait began.
  var kernelIsFresh = true
  /// A record was let go and has not been reported yet.
  var releasing: EndID?

  var isStep: Bool { purpose == .step || purpose == .question }

  /// How long an action may take before the run counts as stuck.
  static let settleMilliseconds = 5000
  /// How long an engine may take to write what it has to say.
  static let writeMilliseconds = 1000
  static let sampleMilliseconds = 100
}
