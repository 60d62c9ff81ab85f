import LabCanvas
package import LabCatalog
import LabFacts

/// What of the sandbox has been printed, and what is asked.
struct PlainSandbox: Equatable, Sendable {
  var listed = false
  var runsSeen = 0
  var note: String?
  var asks = false
  /// Rare settings too.
  var all = false
  /// The number of the newest run that was asked for.
  var runsAsked = 0
  /// Where it was opened from.
  var fromLesson = false
}

extension PlainSession {
  mutating func enterSandbox() -> PlainReply {
    sandbox = PlainSandbox(fromLesson: place == .lesson)
    place = .sandbox
    return PlainReply(intents: [.sandbox(.open(at: nil))])
  }

  mutating func sandboxLines(_ snapshot: LabSnapshot) -> [String] {
    guard let state = snapshot.sandbox?.state else { return [] }
    var lines: [String] = []
    if !sandbox.listed {
      sandbox.listed = true
      lines +=
        ["Sandbox, from \(state.origin). Everything runs on real sockets."]
        + PlainSandboxText.settings(state, all: sandbox.all)
    }
    for run in state.runs where run.number > sandbox.runsSeen { lines += PlainSandboxText.run(run) }
    sandbox.runsSeen = state.runs.last?.number ?? 0
    if let note = state.note, note != sandbox.note { lines.append(note) }
    sandbox.note = state.note
    return lines
  }

  mutating func inSandbox(_ line: String, _ snapshot: LabSnapshot) -> PlainReply {
    guard let state = snapshot.sandbox?.state else { return PlainReply() }
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let typed = words.first?.lowercased() ?? ""
    let rest = words.dropFirst().first.map { String($0) }
    if sandbox.asks { return predicted(typed, state) }
    switch typed {
    case "b", "back":
      let lesson = sandbox.fromLesson && snapshot.run != nil
      if lesson { place = .lesson } else { enterCatalog() }
      return PlainReply(intents: [.sandbox(.close)])
    case "": return PlainReply()
    case "list", "all":
      if typed == "all" { sandbox.all.toggle() }
      return PlainReply(text: PlainSandboxText.settings(state, all: sandbox.all))
    case "run": return askOrRun(state)
    case "ask":
      return PlainReply(
        intents: [.sandbox(.asksFirst(!state.asksFirst))],
        text: [state.asksFirst ? "Runs begin without a question." : "You are asked before each run."])
    case "undo", "u":
      return PlainReply(intents: [.sandbox(.undo)], text: ["The newest change is taken back."])
    case "redo": return PlainReply(intents: [.sandbox(.redo)], text: ["It is made again."])
    case "diff", "d":
      return PlainReply(text: SandboxPages.difference(state).lines(width: 96, .ascii).map(\.plainText))
    case "compare", "c": return PlainReply(text: PlainSandboxText.comparison(state))
    case "commands", "y": return PlainReply(text: PlainSandboxText.commands(snapshot))
    case "save", "s": return PlainReply(savesLesson: true)
    case "faults": return PlainReply(text: PlainSandboxText.faults(state))
    case "fault": return fault(rest, state)
    case "e": return PlainReply(text: PlainText.newestCard(snapshot.sandbox?.lab, snapshot.catalog))
    case "k", "kernel": return PlainReply(text: snapshot.sandbox.map { PlainText.kernel($0.lab) } ?? [])
    default: return setting(typed, rest, state)  // A number, or nothing that is known.
    }
  }

  private mutating func askOrRun(_ state: SandboxState) -> PlainReply {
    guard state.asksFirst else {
      return run(predicting: nil, state)
    }
    sandbox.asks = true
    let choices = SandboxOutcome.Kind.allCases.enumerated().map { "  \($0 + 1)  \($1.sentence)" }
    return PlainReply(
      text: ["What do you expect of \(state.subject)? s runs without a prediction."] + choices)
  }

  private mutating func predicted(_ typed: String, _ state: SandboxState) -> PlainReply {
    let kinds = SandboxOutcome.Kind.allCases
    if typed == "s" || typed == "skip" {
      return run(predicting: nil, state)
    }
    guard let number = Int(typed), kinds.indices.contains(number - 1) else {
      return PlainReply(text: ["A number from 1 to \(kinds.count), or s."])
    }
    return run(predicting: kinds[number - 1].key, state)
  }

  private mutating func run(predicting key: String?, _ state: SandboxState) -> PlainReply {
    sandbox.asks = false
    sandbox.runsAsked = (state.runs.last?.number ?? 0) + 1
    return PlainReply(intents: [.sandbox(.predict(key)), .sandbox(.run)], text: ["Running."])
  }

  /// Can a typed line be answered now? Each waits for the lab's answer to the one before it, and in the
  /// sandbox for what that led to: it opens, and runs, while lines may have come already.
  package func takesLines(_ snapshot: LabSnapshot, isAnswered: Bool) -> Bool {
    guard isAnswered else { return false }
    guard place == .sandbox else { return true }
    guard let state = snapshot.sandbox?.state else { return false }
    return (state.runs.last?.number ?? 0) >= sandbox.runsAsked
  }

  private func setting(_ typed: String, _ value: String?, _ state: SandboxState) -> PlainReply {
    let rows = SandboxRows(state, all: sandbox.all).settings
    guard let number = Int(typed), rows.indices.contains(number - 1) else {
      return PlainReply(text: ["\(typed.safe) means nothing here. ? lists what can be typed."])
    }
    let row = rows[number - 1]
    guard let value else {
      return PlainReply(
        intents: [.sandbox(.turn(row.actor.id, setting: row.row.key, by: 1))],
        text: ["Next value. list shows it."])
    }
    return PlainReply(
      intents: [.sandbox(.set(row.actor.id, setting: row.row.key, to: value == "-" ? "" : value))],
      text: ["\(row.actor.id) \(row.row.label): \(value.safe)"])
  }

  private func fault(_ typed: String?, _ state: SandboxState) -> PlainReply {
    let rows = SandboxRows(state, all: true).faults
    guard let number = typed.flatMap(Int.init), rows.indices.contains(number - 1) else {
      return PlainReply(text: ["Which one? faults lists them by number."])
    }
    let row = rows[number - 1]
    let verb = state.has(row.fault, at: row.actor.id) ? "Taken out" : "Put in"
    return PlainReply(
      intents: [.sandbox(.fault(row.actor.id, row.fault.name))],
      text: ["\(verb) at \(row.actor.id): \(row.fault.label)"])
  }
}

/// The sandbox as lines.
enum PlainSandboxText {
  static let help = [
    "  N          the next value of setting N", "  N VALUE    set it; N - says nothing of it",
    "  list, all  the settings; rare ones too",
    "  faults     what can be broken; fault N breaks it, and mends it",
    "  run        run on real sockets", "  ask        ask for a prediction before each run, or not",
    "  u, redo    take the newest change back, make it again", "  diff       what differs from how it began",
    "  compare    the last two runs", "  commands   the same with netlab, openssl and curl",
    "  save       the newest run as a lesson file",
    "  e, k       explain the newest error, the kernel's table",
    "  b          leave the sandbox",
  ]

  static func settings(_ state: SandboxState, all: Bool) -> [String] {
    let rows = SandboxRows(state, all: all)
    return rows.settings.enumerated().map { index, setting in
      let words = rows.words(setting)
      let was = words.was.map { ", changed, was \($0)" } ?? ""
      return "  \(index + 1)  \(setting.actor.id) \(setting.row.label): \(words.value)\(was)"
    }
  }

  static func faults(_ state: SandboxState) -> [String] {
    SandboxRows(state, all: true).faults.enumerated().map { index, row in
      let isIn = state.has(row.fault, at: row.actor.id) ? ", in" : ""
      return "  \(index + 1)  \(row.actor.id): \(row.fault.label)\(isIn)"
    }
  }

  static func run(_ run: SandboxRun) -> [String] {
    guard let outcome = run.outcome else { return ["Run \(run.number): no client."] }
    var lines = ["Run \(run.number): \(run.changed). Outcome: \(outcome.kind.sentence)."]
    if let prediction = run.prediction {
      lines.append("You predicted: \(prediction.sentence). \(run.verdict == true ? "Right." : "Wrong.")")
    }
    return lines + [
      "Client \(outcome.client) saw: \(outcome.clientSaw).", "Server saw: \(outcome.serverSaw).",
    ]
  }

  static func commands(_ snapshot: LabSnapshot) -> [String] {
    SandboxPages.script(snapshot).split(separator: "\n").map(String.init)
  }

  static func comparison(_ state: SandboxState) -> [String] {
    guard state.runs.count >= 2 else { return ["There are no two runs yet."] }
    return state.runs.suffix(2).flatMap(run)
  }
}
