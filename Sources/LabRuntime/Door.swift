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
}

/// The two benches: lessons and the HTTPS demo do not disturb each other.
enum BenchName: Sendable {
  case lesson
  case demo
}
