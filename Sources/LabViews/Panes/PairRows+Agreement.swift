import LabCanvas
import LabCore
import LabFacts

extension PairRows {
  /// What an end of this side agreed on: the highlighted one, otherwise the newest; the client's word before the
  /// server's.
  func agreement(_ actors: [ActorID]) -> [WeightedLine] {
    let ends = lab.endOrder.filter { actors.contains($0.actor) }.compactMap { lab.ends[$0] }
      .filter { $0.tls.established != nil || $0.tls.verification != nil }
    let pointed = ends.filter { highlighted.has($0.id) }
    let end = [pointed, ends].compactMap { $0.last { $0.side == .client } }.first ?? ends.last
    guard let end else { return [] }
    var suite = PartLine()
    if let agreed = end.tls.established {
      suite.add(agreed.suite, .encrypted)
      suite.add(
        [agreed.group, agreed.alpn].compactMap { $0 }.joined(separator: " \(glyphs.dot) "), weight: 8)
      if agreed.resumed { suite.add("resumed", .notice, weight: 7) }
    }
    let certificate = certificate(end)
    var both = suite
    both.add(certificate ?? [])
    // In one line where it fits whole: a verdict is never left out for its suite.
    if end.tls.established != nil, both.fit(.max, glyphs).width <= width {
      return [WeightedLine(Weight.certificate, both)]
    }
    var lines: [WeightedLine] = []
    if let certificate {
      var line = PartLine()
      line.add(certificate)
      lines.append(WeightedLine(Weight.certificate, line))
    }
    if end.tls.established != nil { lines.append(WeightedLine(Weight.agreed, suite)) }
    return lines
  }

  /// A server says something about its peer's certificate only where it asked for one.
  private func certificate(_ end: EndState) -> Line? {
    guard let verification = end.tls.verification else { return nil }
    let asked = end.tls.messagesSent.contains { $0.type == 13 }
    if end.side == .server, verification.chain.isEmpty, !asked { return nil }
    return VerifyWords.line(verification, side: end.side)
  }
}
