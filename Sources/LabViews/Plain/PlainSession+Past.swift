import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// Time in the plain mode: `past` looks one event back, and while the past is shown all words are about it.
extension PlainSession {
  /// A session that shows a saved run, and nothing else.
  package static var replaying: PlainSession {
    var session = PlainSession()
    session.place = .replay
    return session
  }

  /// The moment that is looked at, where it is another one than before.
  mutating func pastLines(_ snapshot: LabSnapshot) -> [String] {
    defer { momentSeen = snapshot.cursor }
    guard momentSeen != snapshot.cursor else { return [] }
    guard let moment = PastWords.moment(snapshot), let sign = PastWords.sign(snapshot) else {
      return ["LIVE. This is the present again."]
    }
    let origin = momentSeen == .live ? snapshot.replay.map(PastWords.origin) ?? [] : []
    return origin + ["\(sign). \(moment): \(PastWords.event(snapshot))"]
  }

  func pastPrompt(_ snapshot: LabSnapshot) -> String {
    snapshot.replay == nil
      ? "Past: Enter forward, p back, live returns, ? help:"
      : "Replay: Enter forward, p back, ? help, q quit:"
  }

  mutating func inPast(_ typed: String, _ snapshot: LabSnapshot) -> PlainReply {
    switch typed {
    case "", "f", "forward": return forward(snapshot)
    case "p", "past", "back": return PlainReply(intents: [.stepBack])
    case "first", "r": return PlainReply(intents: [.look(.first)])
    case "last": return PlainReply(intents: [.look(.last)])
    case "n", "step after": return PlainReply(intents: [.look(.stepAfter)])
    case "step before": return PlainReply(intents: [.look(.stepBefore)])
    case "live", ".": if snapshot.replay == nil { return PlainReply(intents: [.backToLive]) }
    case "b", "leave": if snapshot.replay == nil { return leavePast() }
    case "k", "kernel": return PlainReply(text: PlainText.kernel(snapshot.lab))
    case "e": return PlainReply(text: PlainText.newestCard(snapshot.lab, snapshot.catalog))
    case "ends", "ladder": return PlainReply(text: PlainText.ladder(snapshot))
    default: break
    }
    if let number = number(after: "step", typed) { return PlainReply(intents: [.look(.step(number))]) }
    if let number = number(after: "event", typed) { return PlainReply(intents: [.look(.event(number))]) }
    return PlainReply(text: ["\(typed.safe) means nothing here. ? lists what can be typed."])
  }

  private func forward(_ snapshot: LabSnapshot) -> PlainReply {
    if snapshot.replay != nil, case .past(let event, let count) = snapshot.cursor, event >= count {
      return PlainReply(text: ["That was the last event that was saved. first goes to the first."])
    }
    return PlainReply(intents: [.stepForward])
  }

  private mutating func leavePast() -> PlainReply {
    enterCatalog()
    return PlainReply(intents: [.closeLesson])
  }

  private func number(after word: String, _ typed: String) -> Int? {
    let parts = typed.split(separator: " ")
    guard parts.count == 2, parts[0] == word else { return nil }
    return Int(parts[1])
  }
}

extension PlainText {
  /// What can be typed while the past is shown.
  static let pastHelp = [
    "  Enter    one event forward", "  p        one event back", "  first    the first event",
    "  last     the last event", "  event 7  that event", "  step 4   where that step began",
    "  n        where the next step began", "  k        the kernel's view of that moment",
    "  e        explain the newest error of that moment", "  ladder   the messages so far",
  ]

  /// The messages of the newest connection so far, a line each; where a lesson contrasts two, left then right.
  static func ladder(_ snapshot: LabSnapshot) -> [String] {
    let context = LessonPanes.context(.ladder, AppModel(ascii: true), snapshot)
    guard let pair = PaneConnection(context) else {
      // A run that is over is told without its lab.
      return snapshot.run?.result == nil ? ["No connection yet."] : []
    }
    guard let both = ContrastPair(context) else { return ladder(pair, "", snapshot) }
    return [(PairSide.left, "Left, "), (.right, "Right, ")].flatMap { side, word in
      let name = word + side.name(context) + ". "
      return both.connection(side).map { ladder($0, name, snapshot) } ?? [name + "No connection yet."]
    }
  }

  private static func ladder(_ pair: PaneConnection, _ name: String, _ snapshot: LabSnapshot) -> [String] {
    let rungs = Ladder(of: pair.connection, in: snapshot.lab).rungs
    return ["\(name)Ladder of \(pair.short(.client)) and \(pair.short(.server)):"] + rungs.map(sentence)
  }

  /// `client: ClientHello 317 B`, and how far it got.
  static func sentence(_ rung: Ladder.Rung) -> String {
    let words = LadderWords.label(rung)
    let what = words.isEmpty ? LadderWords.mark(rung, .ascii).text : words
    let travel =
      switch rung.travel {
      case .held: ", held"
      case .sent: ", on its way"
      case .unread: ", never read"
      case .arrived: ""
      }
    return "  \(rung.side.rawValue): \(what)\(rung.encrypted ? ", encrypted" : "")\(travel)"
  }
}
