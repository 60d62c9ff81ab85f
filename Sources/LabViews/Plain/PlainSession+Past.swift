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
    default: break
    }
    if let seen = look(typed == "ends" ? "ladder" : typed, snapshot) { return seen }
    if let number = number(after: "step", typed) { return PlainReply(intents: [.look(.step(number))]) }
    if let number = number(after: "event", typed) { return PlainReply(intents: [.look(.event(number))]) }
    return PlainReply(text: ["\(typed.safe) means nothing here. ? lists what can be typed."])
  }

  /// What the panes show, of the present or of the moment that is looked at; nothing where a word means something
  /// else. What belongs in an open blank is hidden here, for all of them.
  func look(_ typed: String, _ snapshot: LabSnapshot) -> PlainReply? {
    let parts = typed.split(separator: " ", maxSplits: 1).map { String($0).trimmed }
    guard let word = parts.first else { return nil }
    let name = parts.dropFirst().first ?? ""
    let lab = snapshot.lab
    let lines: [String]
    switch (word, name.isEmpty) {
    case ("k", true), ("kernel", true): lines = PlainText.kernel(lab)
    case ("errors", true): lines = PlainText.failures(lab)
    case ("e", _): lines = PlainText.newestCard(lab, snapshot.catalog, of: name)
    case ("t", _): lines = PlainText.words(lab, of: name)
    case ("ladder", _): lines = PlainText.ladder(of: name, snapshot)
    case ("wire", _): lines = PlainText.wire(of: name, lab)
    default: return nil
    }
    let blanks = Blanks(snapshot.run)
    return PlainReply(text: lines.map { blanks.hide($0) })
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
    "  e        explain the newest error of that moment; e NAME that of a program",
    "  t NAME   what that program's connections had sent and received, as text",
    "  ladder   the messages so far; ladder NAME those of that program",
    "  wire     what had crossed the wire; wire NAME at that program's ends",
    "  errors   all failures so far, a line each",
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
    let travel = LadderWords.travel(rung).first.map { ", \($0)" } ?? ""
    return "  \(rung.side.rawValue): \(what)\(rung.encrypted ? ", encrypted" : "")\(travel)"
  }
}
