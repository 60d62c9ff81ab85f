package import LabFacts

/// An HTTP proxy's side of CONNECT: hears where the client wants to go, and opens the way or says why not.
package struct ConnectServer: RelayDialogue {
  /// Legal ways: request → connecting → over, request → over, request → ignoring.
  private enum State: Equatable {
    case request
    case connecting(Endpoint)
    /// What is heard is thrown away until the client goes.
    case ignoring
    case over
  }

  private let policy: ProxyPolicy
  private var state = State.request
  private var heard = HeardBytes()
  private var reader = HTTPHeadReader()

  package init(policy: ProxyPolicy = ProxyPolicy()) { self.policy = policy }

  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    switch event {
    case .heard(.client, let bytes): return hear(bytes)
    case .ended(.client): return clientEnded()
    case .backendUp: return tunnel()
    case .backendFailed(let failure): return apologise(for: failure)
    // The backend has no word before the tunnel, and then it passes by.
    case .opened, .tlsUp, .timePassed, .heard(.backend, _), .ended(.backend): return []
    }
  }

  private mutating func hear(_ bytes: [UInt8]) -> [RelayAction] {
    switch state {
    case .ignoring, .over: return []
    case .connecting:
      heard.add(bytes)
      return []
    case .request:
      heard.add(bytes)
      return readRequest()
    }
  }

  private mutating func readRequest() -> [RelayAction] {
    switch policy.manners {
    case .silence: return ignore()
    case .garbage: return [.say(.client, ProxyGarbage.bytes)] + ignore()
    case .serve, .refuse, .noMethod, .hangUp: break
    }
    switch FirstWord(heard.first) {
    case .certain(.tls):
      // Nothing that a plain proxy can say would be understood.
      return fail(.proxySchemeMismatch)
    case .perhaps(.tls), .none: return []
    case .perhaps, .certain: break
    }
    switch reader.read(heard.takeAll()) {
    case .needsMore: return []
    case .malformed: return refuse(ConnectRefusal.malformed, .httpMalformed)
    case .tooLong:
      return refuse(ConnectRefusal.tooLong, .httpMalformed, subject: HTTPHeadReader.tooLong)
    case .head(let head, let rest):
      heard.putBack(rest)
      return judge(head)
    }
  }

  private mutating func judge(_ head: HTTPHead) -> [RelayAction] {
    let note = RelayAction.note(.client, .received, Notation.escaped(head.startLine))
    if policy.manners == .hangUp {
      state = .over
      return [note, .close(.client, .fin)]
    }
    switch ConnectRequest(startLine: head.startLine) {
    case .refused(let answer, let code): return [note] + refuse(answer, code)
    case .tunnel(let target): return [note] + admit(head, to: target)
    }
  }

  private mutating func admit(_ head: HTTPHead, to target: Endpoint) -> [RelayAction] {
    let login = head.value(of: "Proxy-Authorization").map(BasicLogin.read)
    if let wanted = policy.credentials, login != .some(wanted) {
      return refuse(ConnectRefusal.login(given: login != nil), .proxyAuth, target: target)
    }
    switch policy.manners {
    case .refuse(let code):
      let answer = ConnectRefusal.ordered(code, target: target)
      return refuse(answer, HTTPStatus.failureCode(answer.status), target: target)
    case .noMethod:
      return refuse(ConnectRefusal.noMethod, .proxyAuth, target: target)
    case .serve, .silence, .garbage, .hangUp:
      state = .connecting(target)
      return [.connect(ConnectOrder(to: target, transport: .plain))]
    }
  }

  private mutating func tunnel() -> [RelayAction] {
    guard case .connecting = state else { return [] }
    state = .over
    let line = "HTTP/1.1 200 Connection established"
    return [.say(.client, Array("\(line)\r\n\r\n".utf8)), .note(.client, .sent, line)] + heard.handOver()
  }

  private mutating func apologise(for failure: Failure) -> [RelayAction] {
    guard case .connecting(let target) = state else { return [] }
    state = .over
    return ConnectServer.say(Apology(for: failure, target: target).page) + [.close(.client, .clean)]
  }

  private mutating func clientEnded() -> [RelayAction] {
    switch state {
    case .over: return []
    case .connecting:
      heard.ended = true
      return []
    case .ignoring: return leave()
    case .request:
      return heard.first.isEmpty ? leave() : refuse(ConnectRefusal.cut, .httpMalformed, by: .peer)
    }
  }

  private mutating func leave() -> [RelayAction] {
    state = .over
    return [.close(.client, .clean)]
  }

  private mutating func ignore() -> [RelayAction] {
    state = .ignoring
    return []
  }

  private mutating func refuse(
    _ answer: HTTPAnswer, _ code: FailureCode, by decider: Failure.Decider = .here, target: Endpoint? = nil,
    subject: String? = nil
  ) -> [RelayAction] {
    ConnectServer.say(answer)
      + fail(code, by: decider, target: target, status: answer.status, subject: subject)
  }

  private mutating func fail(
    _ code: FailureCode, by decider: Failure.Decider = .here, target: Endpoint? = nil, status: Int? = nil,
    subject: String? = nil
  ) -> [RelayAction] {
    state = .over
    let failure = ProxyFailure.make(
      code, by: decider, heard: heard, target: target, status: status, subject: subject)
    return [.fail(.client, failure), .close(.client, .clean)]
  }

  private static func say(_ answer: HTTPAnswer) -> [RelayAction] {
    [
      .say(.client, answer.bytes), .note(.client, .sent, answer.statusLine),
      .note(.client, .sent, Notation.escaped(answer.sentence)),
    ]
  }
}

/// Bytes of no protocol: no version of SOCKS, no record of TLS, no letter.
enum ProxyGarbage {
  static let bytes: [UInt8] = [0x99, 0x21, 0x7e, 0x00, 0xc3, 0x28, 0x0d, 0x0a]
}
