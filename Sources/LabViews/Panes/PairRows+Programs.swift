import LabCanvas
import LabCore
import LabFacts

extension PairRows {
  /// A program of the machine: what was typed, how it ended, what it wrote.
  func program(_ actor: ActorID, _ program: ProgramState, weight: Int) -> [WeightedLine] {
    var line = PartLine()
    line.gap = 1
    line.add(name(actor.rawValue, isMarked: highlighted.has(actor: actor)))
    line.add("$ " + Notation.escaped(program.order.commandLine))
    var lines = [WeightedLine(weight, line)]
    guard let end = program.end else {
      return lines + [WeightedLine(weight - 1, PartLine("  runs...", .notice), isDetail: true)]
    }
    if let netError = program.netError {
      lines.append(WeightedLine(weight, PartLine("  ! \(netError)", .failure), isDetail: true))
    }
    let isGood = end.manner == .exit(0) && program.netError == nil
    // A browser that could not load its page ends well all the same: its error says more.
    lines.append(
      WeightedLine(
        program.netError == nil ? weight - 1 : Weight.accepted,
        PartLine("  " + ProgramWords.ended(end, netError: nil), isGood ? .good : .notice), isDetail: true))
    // A page or a protocol of many lines: the first tell what it is.
    for (place, text) in ProgramWords.lines(program, limit: context.zoomed ? 200 : 4).enumerated() {
      lines.append(WeightedLine(Weight.idle - place, PartLine("  | " + text, .dim), isDetail: true))
    }
    return lines
  }
}
