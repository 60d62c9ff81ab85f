import LabCore
import LabFacts

/// One failure with the two ends it happened between.
struct FailureScene {
  private let failure: Failure
  private let lab: LabState
  private let here: Participant
  private let there: Participant?
  private let side: Side?
  private let witness: Witness

  /// An end, or a program that has none yet.
  private struct Participant {
    let path: String
    let label: String
    let verbatim: [String]
  }

  init(_ failure: Failure, end: EndID?, actor: ActorID?, _ lab: LabState) {
    self.failure = failure
    self.lab = lab
    let state = end.flatMap { lab.ends[$0] }
    let other = end.flatMap { lab.other(of: $0) }
    side = state?.side ?? actor.flatMap { lab.servers[$0] == nil ? nil : .server }
    let name = actor?.rawValue ?? end?.actor.rawValue ?? "netlab"
    here = Participant(
      path: end.map { Subject.path($0) } ?? name, label: state?.label ?? name,
      verbatim: failure.verbatim)
    there = other.map {
      Participant(
        path: Subject.path($0.id), label: $0.label, verbatim: $0.failures.flatMap(\.verbatim))
    }
    var witness = Witness(lab)
    witness.failure = failure
    witness.failureSide = side
    witness.aliases = FailureScene.aliases(here.path, there?.path, side)
    witness.known = FailureScene.farAddress(of: state, hasOther: other != nil)
    self.witness = witness
  }

  /// Fills a card: the first variant that holds, causes that hold, sentences whose values are known.
  func fill(_ card: Explanation) -> FilledCard {
    let variant = card.variants.first { holds($0.when) }
    let parts = variant.map { card.parts.merged(with: $0.parts) } ?? card.parts
    let causes = causes(parts)
    return FilledCard(
      code: failure.code, title: text(parts.title) ?? failure.code.rawValue,
      decided: text(parts.decided) ?? "",
      reported: reported, what: parts.what.map(paragraphs) ?? [], not: texts(parts.not), causes: causes,
      check: (parts.check ?? []).compactMap(check), fix: texts(parts.fix), otherSide: text(parts.otherSide),
      elsewhere: card.elsewhere, lessons: card.lessons, verbatim: verbatim, matched: matched(card, causes),
      isGeneric: card.isGeneric)
  }

  private func holds(_ conditions: [Condition]) -> Bool { conditions.allSatisfy { $0.holds(witness) } }

  private func causes(_ parts: Explanation.Parts) -> [FilledCard.Cause] {
    let found = (parts.causes ?? []).enumerated().compactMap { index, cause -> (Int, FilledCard.Cause)? in
      guard holds(cause.when), let say = text(cause.say) else { return nil }
      return (index, FilledCard.Cause(say: say, rank: cause.rank, evidence: cause.when.map(evidence)))
    }
    return found.sorted { ($1.1.rank, $0.0) < ($0.1.rank, $1.0) }.map(\.1)
  }

  /// What was observed, and at which end: `the other end's failure is hostname-mismatch`.
  private func evidence(_ condition: Condition) -> String {
    guard case .fact(let property, let of, let comparisons) = condition.kind else {
      return condition.sentence
    }
    let (subjects, name) = Condition.split(property, of)
    let words = PropertyWords(name)
    let whose = FailureScene.whose(subjects, isStatement: words.isStatement(comparisons))
    let sentence = whose + words.sentence(comparisons)
    let path = of.first.map { "\($0).\(property)" } ?? property
    guard !words.isStatement(comparisons), !comparisons.allSatisfy(\.tellsValue),
      let value = witness.value(of: path)
    else { return sentence }
    return "\(sentence); it is \(words.seen(value).firstLine(limit: 48))"
  }

  /// `the other end's `, or `the other end: ` before a statement.
  private static func whose(_ subjects: [String], isStatement: Bool) -> String {
    guard !subjects.isEmpty else { return "" }
    let names = subjects.map { ends[$0] ?? Subject.words($0) }.joined(separator: ", ")
    return names + (isStatement ? ": " : "'s ")
  }

  /// What cards call the two ends.
  private static let ends = [
    "here": "this end", "there": "the other end", "client": "the client", "server": "the server",
  ]

  private func text(_ text: String?) -> String? {
    text.flatMap { Template.fillDropping($0) { witness.value(of: $0) } }
  }

  private func texts(_ texts: [String]?) -> [String] { (texts ?? []).compactMap(text) }

  private func paragraphs(_ text: String) -> [String] { self.text(text).map(Paragraphs.split) ?? [] }

  /// A command with a hole in it is no use to anybody.
  private func check(_ check: Explanation.Check) -> Explanation.Check? {
    let (run, missing) = Template.fill(check.run) { witness.value(of: $0) }
    guard missing.isEmpty, let tells = text(check.tells) else { return nil }
    return Explanation.Check(run: run, tells: tells)
  }

  private var reported: String {
    let reporter = here.label + (side.map { " (\($0.rawValue))" } ?? "")
    let other = there.map { $0.label + (side.map { " (\($0.other.rawValue))" } ?? "") } ?? "the other end"
    switch failure.decidedBy {
    case .here: return "\(reporter) decided, and reports it."
    case .peer: return "\(other.capitalizedIfWord) decided; \(reporter) reports it."
    case .kernel: return "The kernel decided; \(reporter) reports it."
    }
  }

  private var verbatim: [FilledCard.Verbatim] {
    [here, there].compactMap { $0 }.flatMap { participant in
      participant.verbatim.map { FilledCard.Verbatim(who: participant.label, text: Notation.printable($0)) }
    }
  }

  private func matched(_ card: Explanation, _ causes: [FilledCard.Cause]) -> String {
    let evidence = failure.evidence
    let numbers = [
      ("errno", evidence.errno), ("reason", evidence.reason), ("verify", evidence.verify),
      ("alert", evidence.alert?.number),
    ].compactMap { name, number in number.map { "\(name) \($0)" } }
    // Where there is no room for all of it, what stands elsewhere on the card is cut.
    let parts =
      [failure.code.rawValue] + numbers + ["confidence \(confidence(card, causes))"]
      + [side?.rawValue, failure.phase.rawValue, failure.layer.rawValue].compactMap(\.self)
    return parts.joined(separator: " / ")
  }

  /// How sure the card can be: a cause that this run's facts speak for is worth more than a list.
  private func confidence(_ card: Explanation, _ causes: [FilledCard.Cause]) -> String {
    if card.isGeneric { return "low" }
    return causes.contains { !$0.evidence.isEmpty } || causes.count == 1 ? "high" : "medium"
  }

  private static func aliases(_ here: String, _ there: String?, _ side: Side?) -> [String: String] {
    var aliases = ["here": here]
    aliases["there"] = there
    guard let side else { return aliases }
    aliases[side.rawValue] = here
    aliases[side.other.rawValue] = there
    return aliases
  }

  /// What is known of an other end that is not in the lab: its address, as this end sees it.
  private static func farAddress(of end: EndState?, hasOther: Bool) -> [String: Value] {
    guard let end, let peer = end.peer, !hasOther else { return [:] }
    var known: [String: Value] = [:]
    for name in ["there", end.side.other.rawValue] {
      known[name + ".address"] = .text(peer.description)
      known[name + ".tls_address"] = .text(LabState.tlsAddress(peer, end.starttls))
      known[name + ".port"] = .number(peer.port)
      known[name + ".host"] = .text(peer.host)
    }
    return known
  }
}

extension String {
  /// `the other end` at the start of a sentence; a program's name keeps its letters.
  fileprivate var capitalizedIfWord: String { hasPrefix("the ") ? capitalizedFirst : self }
}

extension Notation {
  /// A library's text with control characters made visible; what is printable stays word for word.
  static func printable(_ text: String) -> String {
    let isSafe = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7f }
    return isSafe ? text : escaped(text)
  }
}
