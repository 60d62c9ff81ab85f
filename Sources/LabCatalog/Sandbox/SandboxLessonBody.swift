import LabCore
import LabFacts

/// The text of a lesson made of a run.
struct SandboxLessonBody {
  let run: SandboxRun
  let outcome: SandboxOutcome
  /// The client's newest end.
  let end: EndState
  let lab: LabState

  private var client: String { run.subject.rawValue }
  private var server: String { outcome.server?.rawValue ?? "" }

  func text(id: String, code: String, track: String, origin: String) -> String {
    let head = [
      "# Made in the sandbox, from \(origin), run \(run.number): \(run.changed).",
      "# What begins with REPLACE is for you to write. Actions and expectations are what the run did and showed.",
      "netlab: 1", "id: \(id)", "code: \(code)", "track: \(track)", "title: \"REPLACE: title\"",
      "question: \"REPLACE: what would somebody ask who saw this?\"", "minutes: 5", "level: 1",
      "teaches: [replace-me]", "actors:",
    ]
    let programs = circle.map { "  \($0.id): \(SettingMap.declaration($0))" }
    let parts: [[String]] = [head, programs, ["steps:"], say, predict, perform, observe, explain, recall]
    return parts.joined().joined(separator: "\n") + "\n"
  }

  // MARK: Who takes part

  /// The pair, and whoever stands between or behind.
  private var circle: [ActorDeclaration] {
    var wanted = Set([run.subject] + [outcome.server].compactMap(\.self))
    var count = 0
    while wanted.count != count {
      count = wanted.count
      for actor in run.setup.actors where wanted.contains(actor.id) {
        let via = actor.settings.via.map { [$0.proxy] } ?? []
        wanted.formUnion(via + (actor.settings.relay?.allBackends.map(\.target.server) ?? []))
        if let other = actor.settings.portOf { wanted.insert(other) }
      }
    }
    return run.setup.actors.filter { wanted.contains($0.id) }
  }

  private var listeners: [ActorID] {
    run.setup.listeners.map(\.id).filter { id in circle.contains { $0.id == id } }
  }

  // MARK: The steps

  private var say: [String] {
    [
      "  - id: read",
      "    say: \(quoted("REPLACE: what is set up. \(client) goes to \(server). Changed: \(shortChange)."))",
    ]
  }

  private var shortChange: String { String(run.changed.prefix(160)) }

  private var predict: [String] {
    let choices = SandboxOutcome.Kind.allCases.map { kind in
      let rest =
        kind == outcome.kind ? "correct: true" : "plausible: \"REPLACE: why somebody might expect this\""
      return "        - { key: \(kind.key), text: \(quoted(kind.sentence)), \(rest) }"
    }
    return [
      "  - id: predict", "    predict:",
      "      ask: \(quoted("What happens when \(client) connects to \(server)?"))",
      "      choices:",
    ] + choices + ["      confidence: true"]
  }

  private var perform: [String] {
    let parts: [[String]] = [
      ["  - id: run", "    do:"], actions.map { "      - \($0)" }, fails ? ["    allow_error: true"] : [],
      ["    expect:"], expectations.map { "      - \($0)" },
    ]
    return Array(parts.joined())
  }

  private var fails: Bool { outcome.clientFailure != nil || outcome.serverFailure != nil }

  /// Connecting came to an end: up, or failed.
  private var isSettled: Bool {
    guard end.failures.isEmpty else { return true }
    return end.transport == .plain ? end.phase != .connecting : end.tls.established != nil
  }

  private var actions: [String] {
    var actions = ["start: [\(listeners.map(\.rawValue).joined(separator: ", "))]"]
    actions.append(isSettled ? "start: \(client)" : "{ start: \(client), wait: false }")
    let talk = run.setup.talks[run.subject] ?? SandboxSetup.Talk()
    let bytes = TypedBytes.bytes(talk.sends)
    guard isSettled, end.dataSent.total > 0, !bytes.isEmpty else { return actions }
    actions.append("send: { from: \(client), \(SandboxLessonBody.payload(bytes)) }")
    if isAnswered { actions.append("wait_for: { fact: app.received_bytes, of: \(client), at_least: 1 }") }
    if let manner = talk.then.manner, end.failures.isEmpty,
      end.closing?.by == .here || end.phase == .halfClosed
    {
      actions.append("close: { of: \(client), how: \(manner.rawValue) }")
    }
    return actions
  }

  private static func payload(_ bytes: [UInt8]) -> String {
    guard bytes.allSatisfy({ $0 < 0x80 && $0 >= 0x20 || [9, 10, 13].contains($0) }) else {
      return "hex: \"\(Notation.hex(bytes))\""
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return "text: \(YamlText.quoted(text))"
  }

  private var isAnswered: Bool { end.dataReceived.total > 0 }

  private var expectations: [String] {
    var all = ["{ fact: conn.established, of: \(client) }"]
    if end.transport == .tls {
      all.append("{ fact: tls.handshake_done, of: \(client), is: \(end.tls.established != nil) }")
    }
    if let agreed = end.tls.established {
      all.append("{ fact: tls.version, of: \(client), is: \(quoted(agreed.versionName)) }")
    }
    if isAnswered { all.append(answer) }
    all += failure(outcome.clientFailure, client) + failure(outcome.serverFailure, server)
    if !fails { all.append("{ no_error: [\(client), \(server)] }") }
    return end.opening == nil ? Array(all.dropFirst()) : all
  }

  /// Servers that repeat what they are told say the same in every run; others may name a date.
  private var answer: String {
    let kind = outcome.server.flatMap { run.setup.actor($0) }?.settings.kind
    let isWhole = end.dataReceived.kept.count == end.dataReceived.total && end.dataReceived.total < 200
    guard isWhole, kind == .greet || kind == .echo else {
      return "{ fact: app.received_bytes, of: \(client), at_least: 1 }"
    }
    return "{ fact: app.received, of: \(client), is: \(quoted(end.dataReceived.text)) }"
  }

  private func failure(_ failure: Failure?, _ actor: String) -> [String] {
    guard let failure else { return [] }
    let number = failure.evidence.verify.map { ", verify: \($0)" } ?? ""
    return ["{ error: \(failure.code.rawValue), of: \(actor)\(number) }"]
  }

  private var observe: [String] {
    let seen = [(client, outcome.clientFailure), (server, outcome.serverFailure)].filter { $0.1 != nil }
    let right = seen.first.map { "\($0.0): {{\($0.0).error.key}}" } ?? "no error, at neither end"
    let wrong = seen.isEmpty ? "an error, at one of the ends" : "no error, at neither end"
    return [
      "  - id: look", "    observe:", "      ask: \"Which error does the pane Errors show?\"",
      "      choices:",
      "        - { key: a, text: \(quoted(wrong)) }",
      "        - { key: b, text: \(quoted(right)), correct: true }",
      "      wrong: \"Look at pane 7, errors: each end tells its own.\"",
    ]
  }

  private var explain: [String] {
    let cards = [outcome.clientFailure, outcome.serverFailure].compactMap { $0?.code.rawValue }
    let unique = cards.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let lines = [
      "  - id: explain", "    explain:",
      "      say: \(quoted("REPLACE: why this happened. The client saw: \(told(outcome.clientFailure)). The server saw: \(told(outcome.serverFailure))."))",
    ]
    return lines + (unique.isEmpty ? [] : ["      cards: [\(unique.joined(separator: ", "))]"])
  }

  private func told(_ failure: Failure?) -> String { failure?.code.rawValue ?? "no error" }

  private var recall: [String] {
    let question =
      "choices: [\"REPLACE: what is true\", \"REPLACE: what is not\"], correct: 0, why: \"REPLACE: why.\""
    return [
      "  - id: recall", "    recall:",
      "      - { ask: \"REPLACE: a question about what was seen.\", \(question), later: { ask: \"REPLACE: the same idea in a new situation.\", \(question) } }",
    ]
  }

  private func quoted(_ text: String) -> String { YamlText.quoted(text) }
}
