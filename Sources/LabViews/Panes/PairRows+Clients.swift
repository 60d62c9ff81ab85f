import LabCanvas
import LabCore
import LabFacts

extension PairRows {
  func client(_ actor: ActorID, weight: Int) -> [WeightedLine] {
    guard let end = lab.newestEnd(of: actor) else {
      var line = PartLine()
      line.add(name(actor.rawValue, isMarked: highlighted.has(actor: actor)))
      let failure = lab.failures.elements.last { $0.actor == actor && $0.end == nil }?.failure
      line.add(failure.map { "! \($0.code.rawValue)" } ?? "", .failure)
      return [WeightedLine(Weight.failure, line)]
    }
    var line = PartLine()
    line.add(name(end.label, isMarked: highlighted.has(end.id)))
    line.add(route(end))
    let words = words(end)
    let room = width - line.fit(.max, glyphs).width - line.gap
    let state = DisplayWidth.of(words.state.text) <= room ? words.state : words.shortState
    line.add([state], weight: end.isOver ? 6 : 8)
    let isWide = width >= 60
    if isWide { line.add(words.held ?? "", .notice, weight: 9) }
    if isWide { line.add(words.remark ?? "", .notice, weight: 5) }
    let talk = words.talk(room: isWide ? width - line.fit(width, glyphs).width - 2 : width - 2)
    guard !isWide else {
      for (place, text) in talk.enumerated() { line.add(text, weight: 7 - place) }
      return [WeightedLine(weight, line)] + failures(end, weight: weight - 10)
    }
    // Below there is one line for a remark: what waits at the gate is what a person can let go.
    let remark =
      (words.held ?? words.remark).map {
        [WeightedLine(weight - 60, PartLine("  \($0)", .notice), isDetail: true)]
      } ?? []
    return [WeightedLine(weight, line)] + remark + failures(end, weight: weight - 10)
      + ownLine(talk, weight: weight - 120)
  }

  /// Where there is no room beside it, what was said stands below.
  private func ownLine(_ talk: [String], weight: Int) -> [WeightedLine] {
    guard !talk.isEmpty else { return [] }
    var line = PartLine()
    line.add("  " + talk[0])
    for text in talk.dropFirst() { line.add(text, weight: 5) }
    return [WeightedLine(weight, line)]
  }

  private func route(_ end: EndState) -> Line {
    let local = end.local.map { !$0.isUnix ? "\($0.port)" : $0.pipeName ?? "" } ?? glyphs.ellipsis
    let peer = end.peer.map { !$0.isUnix && !$0.isIPv6 ? "\($0.port)" : "\($0)" } ?? "?"
    return [Span(local + " "), glyphs.arrow(encrypted: words(end).isEncrypted), Span(" " + peer)]
  }

  /// `weight`: of those of the newest client. Another one's error below its row would seem to be its own.
  func failures(_ end: EndState, weight: Int = 0) -> [WeightedLine] {
    end.failures.suffix(2).map { failure in
      var line = PartLine("!", .failure)
      line.gap = 1
      // Whose it is stays: the line may stand far from its program.
      line.add(EventWords.who(end.id, end.id.actor, lab))
      line.add(failure.code.rawValue, .failure)
      line.add(
        width < 40 ? FailureWords.shortDecided(failure) : FailureWords.decided(failure), .failure, weight: 9)
      line.add(FailureWords.number(failure).map { "(\($0))" } ?? "", .dim, weight: 7)
      line.add(FailureWords.when(failure), .dim, weight: 6)
      return WeightedLine(max(Weight.failure, weight) + (failure.decidedBy == .here ? 1 : 0), line)
    }
  }
}
