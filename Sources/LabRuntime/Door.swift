import LabCatalog
import LabFacts
import LabTLS

/// Everything that reaches the runtime comes through here, in order.
enum DoorItem: Sendable {
  case fact(Fact, bench: BenchName, at: ContinuousClock.Instant)
  /// A program of the machine has ended. `run` tells runs of lessons apart.
  case programEnded(ActorID, ProgramEnd, run: Int, at: ContinuousClock.Instant)
  case intent(Intent)
  case identitiesReady(PKIStore, notice: String?)
  case cardsReady(CardShelf)
  /// The file of a lesson that is being written has changed.
  case edition(Edition)
}

/// The benches: lessons, the HTTPS demo and the sandbox do not disturb each other.
enum BenchName: Sendable {
  case lesson
  case demo
  case sandbox
}
