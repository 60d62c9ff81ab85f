/// Who plays what next: rounds in random order, no lesson beside itself, and seldom one alone.
actor RunQueue {
  struct Job: Sendable {
    let id: String
    /// A companion keeps the lab busy and is not judged.
    let isJudged: Bool
  }

  private var waiting: [String]
  private var running: Set<String> = []
  private let companions: [String]

  init(_ ids: [String], rounds: Int, companions: [String]) {
    waiting = (0..<rounds).flatMap { _ in ids.shuffled() }
    self.companions = companions.filter { !ids.contains($0) }
  }

  /// Nothing once every round is given out.
  func next() -> Job? {
    guard !waiting.isEmpty else { return nil }
    if let index = waiting.firstIndex(where: { !running.contains($0) }) {
      let id = waiting.remove(at: index)
      running.insert(id)
      return Job(id: id, isJudged: true)
    }
    guard let id = companions.filter({ !running.contains($0) }).randomElement() else { return nil }
    running.insert(id)
    return Job(id: id, isJudged: false)
  }

  func done(_ job: Job) { running.remove(job.id) }
}
