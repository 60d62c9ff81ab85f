import LabFacts

/// A client of a relay whose backend is being connected: nothing it says is lost, and it hears why where the
/// backend fails.
struct BackendWait: Sendable {
  private enum State {
    case connecting
    /// The backend failed; it is not clear yet in which language to say so.
    case apologising(Apology)
    case over
  }

  /// How long the first word of a client is waited for, so that the bad news is said in its language.
  static let patienceMilliseconds = 200

  private let target: Endpoint
  private let apologises: Bool
  private var heard: HeardBytes
  private var state = State.connecting

  init(target: Endpoint, heard: HeardBytes = HeardBytes(), apologises: Bool = true) {
    self.target = target
    self.apologises = apologises
    self.heard = heard
  }

  mutating func take(_ event: RelayEvent) -> [RelayAction] {
    if case .over = state { return [] }
    switch event {
    case .heard(.client, let bytes):
      heard.add(bytes)
      return apologise(anyway: false)
    case .ended(.client):
      heard.ended = true
      return apologise(anyway: true)
    case .timePassed: return apologise(anyway: true)
    case .backendUp: return handOver()
    case .backendFailed(let failure): return backendFailed(failure)
    // The backend has no word before `relay`, and then it passes by.
    case .opened, .tlsUp, .heard(.backend, _), .ended(.backend): return []
    }
  }

  private mutating func handOver() -> [RelayAction] {
    guard case .connecting = state else { return [] }
    state = .over
    return heard.handOver()
  }

  private mutating func backendFailed(_ failure: Failure) -> [RelayAction] {
    guard case .connecting = state else { return [] }
    guard apologises else {
      state = .over
      return [.close(.client, .clean)]
    }
    state = .apologising(Apology(for: failure, target: target))
    let actions = apologise(anyway: heard.ended)
    return actions.isEmpty ? [.wait(milliseconds: BackendWait.patienceMilliseconds)] : actions
  }

  private mutating func apologise(anyway: Bool) -> [RelayAction] {
    guard case .apologising(let apology) = state else { return [] }
    let first = FirstWord(heard.first)
    switch first {
    case .certain: break
    case .none, .perhaps: guard anyway else { return [] }
    }
    state = .over
    return apology.actions(for: first) + [.close(.client, .clean)]
  }
}

extension Apology {
  /// Says it to the client, and notes it.
  func actions(for first: FirstWord) -> [RelayAction] {
    [.say(.client, bytes(for: first)), .note(.client, .sent, words)]
  }
}
