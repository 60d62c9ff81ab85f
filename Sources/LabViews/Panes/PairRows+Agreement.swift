import LabCanvas
import LabCore
import LabFacts

extension PairRows {
  /// The end of this side whose agreement is shown: the highlighted one, otherwise the newest; the client's word
  /// before the server's.
  func agreed(_ actors: [ActorID]) -> EndState? {
    let ends = lab.endOrder.filter { actors.contains($0.actor) }.compactMap { lab.ends[$0] }
      .filter { $0.tls.established != nil || $0.tls.verification != nil }
    let pointed = ends.filter { highlighted.has($0.id) }
    return [pointed, ends].compactMap { $0.last { $0.side == .client } }.first ?? ends.last
  }

  /// What an end agreed on, and what it thinks of its peer's certificate.
  func agreement(_ end: EndState, _ actors: [ActorID]) -> [WeightedLine] {
    let owner = owner(end, actors)
    let certificate = certificate(end)
    var lines: [WeightedLine] = []
    if let agreed = end.tls.established {
      var suite = PartLine()
      suite.add(owner + [Span(agreed.suite, .encrypted)])
      suite.add(
        [agreed.group, agreed.alpn].compactMap { $0 }.joined(separator: " \(glyphs.dot) "), weight: 8)
      if agreed.resumed { suite.add("resumed", .notice, weight: 7) }
      var both = suite
      both.add(certificate ?? [])
      // In one line where it fits whole: a verdict is never left out for its suite.
      if both.fit(.max, glyphs).width <= width { return [WeightedLine(Weight.certificate, both)] }
      lines = [WeightedLine(Weight.agreed, suite)]
    }
    guard let certificate else { return lines }
    var line = PartLine()
    line.add(owner + certificate)
    let weight = Weight.certificate + (highlighted.has(end.id) ? Weight.pointedAt : 0)
    return [WeightedLine(weight, line)] + lines
  }

  /// `tcli3: `, where it is not the only client of its side: the line above may be another's.
  private func owner(_ end: EndState, _ actors: [ActorID]) -> Line {
    let clients = lab.endOrder.filter { actors.contains($0.actor) && lab.ends[$0]?.side == .client }
    return Set(clients.map(\.actor)).count > 1 ? [Span("\(end.label): ")] : []
  }

  /// A server says something about its peer's certificate only where it asked for one.
  private func certificate(_ end: EndState) -> Line? {
    guard let verification = end.tls.verification else { return nil }
    let asked = end.tls.messagesSent.contains { $0.type == 13 }
    if end.side == .server, verification.chain.isEmpty, !asked { return nil }
    return VerifyWords.line(verification, side: end.side)
  }
}
