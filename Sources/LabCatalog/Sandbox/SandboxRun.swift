package import LabCore
package import LabFacts

/// What one run came to, for one client and the server it went to.
package struct SandboxOutcome: Equatable, Sendable {
  /// The four things a run can be predicted to do.
  package enum Kind: String, Sendable, CaseIterable {
    case answered
    case clientError = "client-error"
    case serverError = "server-error"
    case nothing

    package var sentence: String {
      switch self {
      case .answered: "it connects and is answered"
      case .clientError: "the client sees an error first"
      case .serverError: "the server sees an error first"
      case .nothing: "nothing: no answer, no error"
      }
    }

    /// In a column.
    package var words: String {
      switch self {
      case .answered: "is answered"
      case .clientError: "client error first"
      case .serverError: "server error first"
      case .nothing: "nothing happens"
      }
    }

    /// `a` to `d`, in the order of the cases.
    package var key: String { Choice.key(at: Kind.allCases.firstIndex(of: self) ?? 0) }

    package init?(key: String) {
      guard let kind = Kind.allCases.first(where: { $0.key == key }) else { return nil }
      self = kind
    }
  }

  package let client: ActorID
  package let server: ActorID?
  package let kind: Kind
  package let clientSaw: String
  package let serverSaw: String
  package let clientFailure: Failure?
  package let serverFailure: Failure?

  /// Reads it from the lab after the run.
  package init(_ client: ActorDeclaration, _ setup: SandboxSetup, in lab: LabState) {
    self.client = client.id
    server = client.settings.connect?.server
    let end = lab.newestEnd(of: client.id)
    let partner = end.flatMap { lab.other(of: $0.id) }
    let entries = lab.failures.elements
    let mine = entries.first { $0.actor == client.id }
    let theirs = entries.first { SandboxOutcome.isServers($0, client, setup, lab) }
    clientFailure = mine?.failure
    serverFailure = theirs?.failure
    let isAnswered = (end?.dataReceived.total ?? 0) > 0
    switch (mine?.number, theirs?.number) {
    case (nil, nil): kind = isAnswered ? .answered : .nothing
    case (.some, nil): kind = .clientError
    case (nil, .some): kind = .serverError
    case (.some(let here), .some(let there)): kind = here < there ? .clientError : .serverError
    }
    clientSaw = SandboxOutcome.words(mine?.failure, end)
    let listens = server.flatMap { lab.servers[$0] }?.listening != nil
    serverSaw =
      theirs == nil && partner == nil
      ? (listens ? "no connection" : "does not listen") : SandboxOutcome.words(theirs?.failure, partner)
  }

  private static func isServers(
    _ entry: LabState.FailureEntry, _ client: ActorDeclaration, _ setup: SandboxSetup, _ lab: LabState
  ) -> Bool {
    let servers = [client.settings.connect?.server, client.settings.via?.proxy].compactMap { $0 }
    guard servers.contains(where: { $0 == entry.actor || $0.backend == entry.actor }) else { return false }
    guard let end = entry.end, let other = lab.other(of: end) else { return true }
    return other.id.actor == client.id || setup.actor(other.id.actor)?.role == .server
  }

  /// What was had before the error, and the error as the library says it; its key leads.
  private static func words(_ failure: Failure?, _ end: EndState?) -> String {
    var parts: [String] = []
    if let agreed = end?.tls.established { parts.append(agreed.versionName) }
    if let end, end.dataReceived.total > 0 {
      parts.append("got \"\(Notation.escaped(String(end.dataReceived.text.prefix(40))))\"")
    }
    if let failure {
      let said = failure.verbatim.first.map { ": " + Notation.escaped($0) } ?? ""
      parts.append(failure.code.rawValue + said)
    } else if let closing = end?.closing {
      parts.append("closed \(closing.manner.rawValue)")
    } else if let end {
      parts.append(end.tls.started && end.tls.established == nil ? "still shaking hands" : end.phase.rawValue)
    }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}

/// One run of the sandbox, kept for comparing.
package struct SandboxRun: Equatable, Sendable {
  /// From 1.
  package let number: Int
  package let setup: SandboxSetup
  /// The client it was run for.
  package let subject: ActorID
  /// What differs from where the sandbox began.
  package let changes: [SandboxChange]
  /// Absent: it was not predicted.
  package let prediction: SandboxOutcome.Kind?
  package let outcomes: [SandboxOutcome]
  /// The lab when it was over; forgotten in old runs.
  package internal(set) var lab: LabState?

  package var outcome: SandboxOutcome? { outcomes.first { $0.client == subject } }
  /// Was the prediction right? Absent where there was none.
  package var verdict: Bool? { prediction.map { $0 == outcome?.kind } }

  /// What differs, in a line.
  package var changed: String {
    changes.isEmpty ? "as it began" : changes.map(\.words).joined(separator: ", ")
  }
}

/// A setting that is not what it was when the sandbox opened.
package struct SandboxChange: Equatable, Sendable {
  package let actor: ActorID
  package let key: String
  package let label: String
  /// Empty where nothing was said: then it was `unset`.
  package let was: String
  package let now: String
  /// What holds where nothing is said.
  package let unset: String

  /// `tcli verify false`.
  package var words: String { "\(actor) \(label) \(now.isEmpty ? unset : now)" }
}
