import LabFacts

extension Progress {
  /// What can't be true of a file that somebody hands in, in sentences.
  package func problems(knownBeliefs: Set<String>) -> [String] {
    var problems: [String] = []
    for (id, entry) in lessons.sorted(by: { $0.key < $1.key }) {
      if entry.reached < 0 || entry.steps < 0 || entry.hints < 0 || entry.reached > max(entry.steps, 0) {
        problems.append("The numbers of the lesson \(id) can't be true.")
      }
      if let done = entry.done, Day(done) == nil {
        problems.append("\(id) was done on \(done), which is no date.")
      }
    }
    for (id, belief) in beliefs.sorted(by: { $0.key < $1.key }) {
      if !knownBeliefs.contains(id) { problems.append("There is no belief \(id).") }
      if belief.missed < 0 || belief.beaten < 0 || belief.cameBack < 0 || belief.cameBack > belief.missed {
        problems.append("The numbers of the belief \(id) can't be true.")
      }
    }
    return problems
  }
}
