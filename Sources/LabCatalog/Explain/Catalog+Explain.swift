package import LabCore
package import LabFacts

extension Catalog {
  /// The card of a failure, filled from the lab. `end` is the end that reports it; absent where a server
  /// could not start.
  package func explain(_ failure: Failure, end: EndID?, actor: ActorID?, in lab: LabState) -> FilledCard {
    FilledCard(
      code: failure.code, title: card(for: failure.code)?.title ?? failure.code.rawValue, decided: "",
      what: [],
      not: [], causes: [], check: [], fix: [], otherSide: nil, elsewhere: [], lessons: [], verbatim: [],
      matched: "", isGeneric: true)
  }
}
