package import LabFacts

/// A relay that offers STARTTLS to its client for a backend that has none: it adds the word to the backend's
/// capabilities, answers the command itself and ends the client's TLS.
///
/// It looks on until the client does more than look around: from the login, or the first mail, on bytes pass
/// untouched. What a client sends behind STARTTLS and before TLS is thrown away and noted.
package struct StartTLSOffer: RelayDialogue {
  private enum Next: Equatable {
    case upgrade(tag: String)
    /// The line is for the backend, and everything after it.
    case relay([UInt8])
  }

  private enum State: Equatable {
    case connecting
    case talking
    /// Answers of the backend come first.
    case settling(Next)
    case handshake
    case over
  }

  private let mail: MailProtocol
  private let order: ConnectOrder
  private let host: String
  private var state = State.connecting
  private var ledger: MailLedger
  private var client = LineReader()
  private var backend = LineReader()
  private var firstOfClient = MailFirstBytes()
  private var firstOfBackend = MailFirstBytes()

  /// - Parameters:
  ///   - mail: what client and backend speak.
  ///   - order: the backend.
  ///   - host: the name the relay calls itself where it has to refuse.
  ///   - isTLS: the client's stream carries TLS from the start, and there is nothing to offer.
  package init(_ mail: MailProtocol, _ order: ConnectOrder, host: String = "localhost", isTLS: Bool = false) {
    self.mail = mail
    self.order = order
    self.host = host
    ledger = MailLedger(mail, offersTLS: !isTLS)
  }

  /// What to do about an event, in order.
  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    guard state != .over else { return [] }
    switch event {
    case .opened: return [.connect(order)]
    case .heard(.client, let bytes): return hear(client: bytes)
    case .heard(.backend, let bytes): return hear(backend: bytes)
    case .backendUp:
      guard state == .connecting else { return [] }
      state = .talking
      return proceed()
    case .backendFailed(let failure): return refuse("backend not available: \(failure.plainReason)")
    case .tlsUp(.client): return secured()
    case .ended(.client): return clientEnded()
    case .ended(.backend): return backendEnded()
    case .tlsUp(.backend), .timePassed: return []
    }
  }

  private mutating func hear(client bytes: [UInt8]) -> [RelayAction] {
    guard !isDeaf else { return [.note(.client, .received, MailText.thrownAway(bytes))] }
    client.append(bytes)
    switch firstOfClient.judgeClient(bytes) {
    case .unclear: return []
    case .strange(let stranger): return turnAway(stranger)
    case .fine: break
    }
    return client.count > keptLimit && state != .talking ? refuse("too much at once") : proceed()
  }

  private mutating func hear(backend bytes: [UInt8]) -> [RelayAction] {
    backend.append(bytes)
    guard case .strange(let stranger) = firstOfBackend.judgeServer(bytes, of: mail) else { return proceed() }
    return [
      .note(.backend, .received, MailText.shown(firstOfBackend.bytes)),
      .fail(.backend, firstOfBackend.failure(stranger, at: mail)),
    ] + refuse("backend speaks no \(mail.rawValue.uppercased())")
  }

  /// Passes on what may be passed on, in both directions, until something has to be waited for.
  private mutating func proceed() -> [RelayAction] {
    guard state != .connecting, state != .handshake else { return [] }
    var actions = answers()
    repeat {
      actions += settled()
    } while appendCommand(to: &actions)
    return actions
  }

  private mutating func answers() -> [RelayAction] {
    var actions: [RelayAction] = []
    while state != .over, let piece = backend.next() {
      guard case .line(let line) = piece else { return actions + refuse("backend's answer is too long") }
      actions.append(.note(.backend, .received, MailText.shown(line)))
      let told = ledger.answer(line).flatMap { MailText.wire($0) }
      if !told.isEmpty { actions.append(.say(.client, told)) }
    }
    return actions
  }

  /// Takes the next command of the client. False where there is none, or another must be done with first.
  private mutating func appendCommand(to actions: inout [RelayAction]) -> Bool {
    guard state == .talking, let piece = client.next() else { return false }
    guard case .line(let line) = piece else {
      actions += refuse("line too long")
      return false
    }
    actions.append(.note(.client, .received, MailText.shown(line)))
    switch ledger.command(line) {
    case .pass: actions.append(.say(.backend, MailText.wire(line)))
    case .last: state = .settling(.relay(line))
    case .upgrade(let tag):
      state = .settling(.upgrade(tag: tag))
      guard ledger.offersTLS else { return true }
      let rest = client.drain()
      if !rest.isEmpty { actions.append(.note(.client, .received, MailText.thrownAway(rest))) }
    }
    return true
  }

  /// Does what waited for the backend's answers, once they are there.
  private mutating func settled() -> [RelayAction] {
    guard case .settling(let next) = state, ledger.isSettled else { return [] }
    switch next {
    case .upgrade(let tag):
      state = ledger.offersTLS ? .handshake : .talking
      let line = ledger.offersTLS ? mail.goAhead(tag: tag) : mail.alreadyTLS(tag: tag)
      return say(line) + (ledger.offersTLS ? [.startTLS(.client)] : [])
    case .relay(let line): return relay(MailText.wire(line))
    }
  }

  private mutating func relay(_ line: [UInt8]) -> [RelayAction] {
    state = .over
    let (down, up) = (backend.drain(), line + client.drain())
    return (down.isEmpty ? [] : [.pass(from: .backend, down)]) + [.pass(from: .client, up), .relay]
  }

  private mutating func secured() -> [RelayAction] {
    guard state == .handshake else { return [] }
    ledger.offersTLS = false
    state = .talking
    return proceed()
  }

  /// The client says no more, but may still listen for answers.
  private mutating func clientEnded() -> [RelayAction] {
    switch state {
    case .talking:
      let rest = client.drain()
      return (rest.isEmpty ? [] : [.say(.backend, rest)]) + [.close(.backend, .half)]
    case .settling(.relay(let line)): return relay(MailText.wire(line)) + [.close(.backend, .half)]
    case .connecting, .settling, .handshake, .over:
      state = .over
      return [.close(.backend, .clean), .close(.client, .clean)]
    }
  }

  private mutating func backendEnded() -> [RelayAction] {
    guard state != .connecting else { return [] }
    state = .over
    let rest = backend.drain()
    return (rest.isEmpty ? [] : [.say(.client, rest)]) + [.close(.client, .clean), .close(.backend, .clean)]
  }

  private mutating func turnAway(_ stranger: MailFirstBytes.Stranger) -> [RelayAction] {
    state = .over
    let farewell = mail.farewell(to: stranger, host: host)
    return [.note(.client, .received, MailText.shown(firstOfClient.bytes))]
      + (farewell.map { say($0) } ?? [])
      + [
        .fail(.client, firstOfClient.failure(stranger, at: mail)), .close(.backend, .clean),
        .close(.client, .clean),
      ]
  }

  private mutating func refuse(_ reason: String) -> [RelayAction] {
    state = .over
    return say(mail.refusal(reason, host: host)) + [.close(.backend, .clean), .close(.client, .clean)]
  }

  private func say(_ line: String) -> [RelayAction] {
    [.note(.client, .sent, MailText.shown(Array(line.utf8))), .say(.client, MailText.wire(line))]
  }

  /// From STARTTLS on nothing in clear is for anybody.
  private var isDeaf: Bool {
    switch state {
    case .settling(.upgrade): ledger.offersTLS
    case .handshake: true
    case .connecting, .talking, .settling(.relay), .over: false
    }
  }
}

/// What a client may send ahead while it waits.
private let keptLimit = 65_536
