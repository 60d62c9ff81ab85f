import LabFacts

/// The backend's side: its greeting, the login repeated, its answer.
extension ImapRouter {
  /// Takes a login to its backend.
  mutating func call(_ login: Login) -> [RelayAction] {
    if connected == login.order { return repeatLogin(login) }
    let closing = closeBackend()
    state = .connecting(login)
    return closing + [.connect(login.order)]
  }

  mutating func backendUp() -> [RelayAction] {
    guard case .connecting(let login) = state else { return [] }
    state = .greeting(login)
    // A greeting that was kept from before its TLS may be there already.
    return [.wait(milliseconds: patience)] + obeyBackend()
  }

  mutating func backendFailed(_ failure: Failure) -> [RelayAction] {
    guard case .connecting(let login) = state else { return [] }
    state = .talking
    return refuse(login, failure.plainReason)
  }

  mutating func backendEnded() -> [RelayAction] {
    switch state {
    case .greeting(let login), .replying(let login, _): return give(up: login, "it ended the connection")
    case .talking, .asked, .handshake:
      connected = nil
      return []
    // Of the one before, or the failure that says more is still to come.
    case .connecting, .over: return []
    }
  }

  mutating func timePassed() -> [RelayAction] {
    switch state {
    case .greeting(let login), .replying(let login, _): give(up: login, "it does not answer")
    case .talking, .asked, .handshake, .connecting, .over: []
    }
  }

  mutating func hear(backend bytes: [UInt8]) -> [RelayAction] {
    backend.append(bytes)
    let verdict = firstOfBackend.judgeServer(bytes, of: .imap)
    guard case .strange(let stranger) = verdict, case .greeting(let login) = state else {
      return obeyBackend()
    }
    return [
      .note(.backend, .received, MailText.shown(firstOfBackend.bytes)),
      .fail(.backend, firstOfBackend.failure(stranger, at: .imap)),
    ] + give(up: login, "it speaks no IMAP")
  }

  private mutating func obeyBackend() -> [RelayAction] {
    var actions: [RelayAction] = []
    while let more = nextOfBackend() { actions += more }
    return actions
  }

  private mutating func nextOfBackend() -> [RelayAction]? {
    switch state {
    case .greeting(let login):
      guard let piece = backend.next() else { return nil }
      guard case .line(let line) = piece, MailText.begins(line, with: "* OK") else {
        return note(piece) + give(up: login, "it does not take logins")
      }
      return note(piece) + repeatLogin(login)
    case .replying(let login, let pieces):
      guard let piece = backend.next() else { return nil }
      guard case .line(let line) = piece else { return give(up: login, "its answer is too long") }
      return note(piece) + hear(line, login, pieces)
    case .talking, .asked, .handshake:
      return backend.next().map(note)
    case .connecting, .over: return nil
    }
  }

  private mutating func hear(_ line: [UInt8], _ login: Login, _ pieces: [[UInt8]]) -> [RelayAction] {
    if let piece = pieces.first, line.first == UInt8(ascii: "+") {
      state = .replying(login, Array(pieces.dropFirst()))
      return [.say(.backend, piece)]
    }
    // The client stays when its backend goes.
    if MailText.begins(line, with: "* BYE") { return give(up: login, "it said goodbye") }
    // The backend's STARTTLS is not the client's to ask for.
    let told = ImapCapabilities.line(line, offeringTLS: false)
    guard line.starts(with: (login.tag + " ").utf8) else { return [.say(.client, MailText.wire(told))] }
    return answered(told, login)
  }

  private mutating func answered(_ line: [UInt8], _ login: Login) -> [RelayAction] {
    let told: [RelayAction] = [
      .note(.client, .sent, MailText.shown(line)), .say(.client, MailText.wire(line)),
    ]
    guard MailText.begins(line, with: login.tag + " OK") else {
      state = .talking
      connected = login.order
      return told + obeyClient()
    }
    state = .over
    let down = backend.drain()
    let up = client.drain()
    return told + (down.isEmpty ? [] : [.pass(from: .backend, down)])
      + (up.isEmpty ? [] : [.pass(from: .client, up)]) + [.relay]
  }

  private mutating func repeatLogin(_ login: Login) -> [RelayAction] {
    let pieces = login.pieces
    state = .replying(login, Array(pieces.dropFirst()))
    return [
      .note(.backend, .sent, "\(login.tag) LOGIN ***"), .say(.backend, pieces[0]),
      .wait(milliseconds: patience),
    ]
  }

  private mutating func give(up login: Login, _ reason: String) -> [RelayAction] {
    let closing = closeBackend()
    state = .talking
    return closing + refuse(login, reason)
  }

  /// The client may try again, and what it has sent ahead is obeyed.
  private mutating func refuse(_ login: Login, _ reason: String) -> [RelayAction] {
    say("\(login.tag) NO [UNAVAILABLE] The server of this account is not available: \(reason)") + obeyClient()
  }

  private func note(_ piece: LineReader.Piece) -> [RelayAction] {
    guard case .line(let line) = piece else { return [] }
    return [.note(.backend, .received, MailText.shown(line))]
  }
}

extension ImapRouter.Login {
  /// The command, cut where a `+` of the server has to be waited for: quoted strings where they will do,
  /// literals otherwise (RFC 3501 section 4.3).
  var pieces: [[UInt8]] {
    var done: [[UInt8]] = []
    var piece = Array("\(tag) LOGIN".utf8)
    for word in [visitor.user, visitor.password].map({ Array($0.utf8) }) {
      piece.append(0x20)
      if word.count <= 1000 && word.allSatisfy({ (0x20...0x7e).contains($0) }) {
        piece += quoted(word)
      } else {
        done.append(piece + MailText.wire("{\(word.count)}"))
        piece = word
      }
    }
    return done + [MailText.wire(piece)]
  }

  private func quoted(_ word: [UInt8]) -> [UInt8] {
    let special = [UInt8(ascii: "\""), UInt8(ascii: "\\")]
    let inside = word.flatMap { special.contains($0) ? [special[1], $0] : [$0] }
    return [special[0]] + inside + [special[0]]
  }
}

extension Failure {
  /// The failure in a few words of ASCII, for a line of a protocol.
  var plainReason: String {
    MailText.plain(([code.rawValue] + verbatim.prefix(1)).joined(separator: ", "))
  }
}
