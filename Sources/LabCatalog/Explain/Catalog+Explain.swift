package import LabCore
package import LabFacts

extension Catalog {
  /// The card of a failure, filled from the lab. `end` is the end that reports it; absent where there was
  /// no connection yet, and `actor` alone names the program.
  package func explain(_ failure: Failure, end: EndID?, actor: ActorID?, in lab: LabState) -> FilledCard {
    let scene = FailureScene(failure, end: end, actor: actor, lab)
    guard let card = card(for: failure.code) else { return scene.fill(Explanation.unknown(failure.code)) }
    return scene.fill(card)
  }

  /// The card of one entry of the lab's list of failures.
  package func explain(_ entry: LabState.FailureEntry, in lab: LabState) -> FilledCard {
    explain(entry.failure, end: entry.end, actor: entry.actor, in: lab)
  }
}

extension Explanation {
  /// Stands in where no card exists: says so, and shows the evidence.
  fileprivate static func unknown(_ code: FailureCode) -> Explanation {
    var parts = Parts()
    parts.title = "No explanation yet: \(code.rawValue)"
    parts.decided = "The {{failure.side}} end reports it, in phase {{failure.phase}}."
    parts.what = """
      netlab recognises this failure but has no card for it. The verbatim words and the numbers below are \
      all there is. A card would stand in lessons/explanations/\(code.rawValue).yaml.
      """
    return Explanation(code: code, parts: parts, isGeneric: true)
  }
}
