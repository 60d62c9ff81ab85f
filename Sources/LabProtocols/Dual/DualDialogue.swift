package import LabFacts

/// Several services behind one port: finds out by who speaks first, and how, which one a client means.
///
/// A client that has begun a word and not ended it is taken at that word when the time is over: half of
/// `GET ` is still HTTP, and one byte of a TLS record is still TLS.
package struct DualDialogue: RelayDialogue {
  /// Legal ways: listening → waiting → over, listening → over.
  private enum State {
    case listening
    case waiting(BackendWait)
    case over
  }

  private let route: DualRoute
  private var state = State.listening
  private var heard = HeardBytes()

  package init(route: DualRoute) { self.route = route }

  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    switch state {
    case .over: return []
    case .waiting(var wait):
      defer { state = .waiting(wait) }
      return wait.take(event)
    case .listening: return listen(event)
    }
  }

  private mutating func listen(_ event: RelayEvent) -> [RelayAction] {
    switch event {
    case .opened: return [.wait(milliseconds: route.timeoutMilliseconds)]
    case .heard(.client, let bytes):
      heard.add(bytes)
      return decide(atLast: false)
    case .ended(.client):
      heard.ended = true
      return decide(atLast: true)
    case .timePassed: return decide(atLast: true)
    // There is no backend yet.
    case .tlsUp, .backendUp, .backendFailed, .heard(.backend, _), .ended(.backend): return []
    }
  }

  private mutating func decide(atLast: Bool) -> [RelayAction] {
    switch FirstWord(heard.first) {
    case .certain(let speech): return serve(speech)
    case .perhaps(let speech):
      // Where the answer changes nothing, the question need not be settled.
      let settled = atLast || order(for: speech) == order(for: .other)
      return settled ? serve(speech) : []
    case .none: return atLast ? serveSilent() : []
    }
  }

  private mutating func serve(_ speech: FirstWord.Speech) -> [RelayAction] {
    let note = RelayAction.note(.client, .received, "the client speaks first: \(speech.name)")
    guard let order = order(for: speech) else {
      return [note]
        + fail(DualDialogue.missing(speech), "no service here for a client that speaks \(speech.name)")
    }
    return [note] + connect(order)
  }

  private mutating func serveSilent() -> [RelayAction] {
    if heard.ended {
      // It came, said nothing, and left: nobody is there to be served.
      state = .over
      return [.close(.client, .clean)]
    }
    guard let order = route.serverFirst else {
      let waited = route.timeoutMilliseconds
      return fail(
        ProxyFailure.silence(milliseconds: waited),
        "the client said nothing for \(waited) ms, and no service here speaks first")
    }
    return [.note(.client, .received, "the client waits to be spoken to")] + connect(order)
  }

  private mutating func connect(_ order: ConnectOrder) -> [RelayAction] {
    state = .waiting(BackendWait(target: order.to, heard: heard))
    return [.connect(order)]
  }

  private mutating func fail(_ failure: Failure, _ words: String) -> [RelayAction] {
    state = .over
    return Apology(words).actions(for: FirstWord(heard.first))
      + [.fail(.client, failure), .close(.client, .clean)]
  }

  /// The service of its own, or the one for clients that speak first.
  private func order(for speech: FirstWord.Speech) -> ConnectOrder? {
    switch speech {
    case .tls: route.tls ?? route.clientFirst
    case .http: route.http ?? route.clientFirst
    case .ssh: route.ssh ?? route.clientFirst
    case .other: route.clientFirst
    }
  }

  private static func missing(_ speech: FirstWord.Speech) -> Failure {
    var evidence = Evidence()
    evidence.subject = "a service for clients that speak \(speech.name)"
    return Failure(
      layer: .proxy, code: .setupOther, phase: .proxy, decidedBy: .here, evidence: evidence)
  }
}

extension FirstWord.Speech {
  /// What people call it.
  fileprivate var name: String {
    switch self {
    case .tls: "TLS"
    case .http: "HTTP"
    case .ssh: "SSH"
    case .other: "another protocol"
    }
  }
}
