package import LabFacts

/// A SOCKS proxy's side: versions 4, 4a and 5, told apart by the first byte; connections only.
package struct SocksServer: RelayDialogue {
  /// Legal ways: greeting → (login →) (request →) connecting → over; any → ignoring or over.
  enum State: Equatable {
    case greeting
    case login
    case request
    case connecting(Endpoint)
    /// What is heard is thrown away until the client goes.
    case ignoring
    case over
  }

  let policy: ProxyPolicy
  var state = State.greeting
  var heard = HeardBytes()
  /// The client's, 4 or 5.
  var version: UInt8 = 5

  package init(policy: ProxyPolicy = ProxyPolicy()) { self.policy = policy }

  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    switch event {
    case .heard(.client, let bytes): return hear(bytes)
    case .ended(.client): return clientEnded()
    case .backendUp: return tunnel()
    case .backendFailed(let failure): return backendFailed(failure)
    // The backend has no word before the tunnel, and then it passes by.
    case .opened, .tlsUp, .timePassed, .heard(.backend, _), .ended(.backend): return []
    }
  }

  private mutating func hear(_ bytes: [UInt8]) -> [RelayAction] {
    if state == .ignoring || state == .over { return [] }
    heard.add(bytes)
    var actions: [RelayAction] = []
    while let more = readOne() { actions += more }
    return actions
  }

  /// Nothing where it takes more bytes to go on, or nothing is left to read.
  private mutating func readOne() -> [RelayAction]? {
    guard let first = heard.unread.first else { return nil }
    switch state {
    case .connecting, .ignoring, .over: return nil
    case .greeting: return greet(first)
    case .login: return first == 1 ? readLogin() : fail(.socksWrongProtocol)
    case .request: return first == 5 ? readRequest() : fail(.socksWrongProtocol)
    }
  }

  private mutating func greet(_ first: UInt8) -> [RelayAction]? {
    switch policy.manners {
    case .silence: return ignore([])
    case .garbage: return ignore([.say(.client, ProxyGarbage.bytes)])
    case .serve, .refuse, .noMethod, .hangUp: break
    }
    version = first
    switch first {
    case 4: return readRequest4()
    case 5: return readMethods()
    default: return meetStranger(atLast: false)  // an open set of numbers, of which SOCKS is two
    }
  }

  /// Somebody who speaks another protocol hears so, if it is one that can be told.
  private mutating func meetStranger(atLast: Bool) -> [RelayAction]? {
    let first = FirstWord(heard.first)
    switch first {
    case .none: return nil
    case .perhaps(.http): if !atLast { return nil }
    case .perhaps, .certain: break
    }
    guard first.speech == .http else { return fail(.socksWrongProtocol) }
    let answer = HTTPAnswer(
      status: 400, sentence: "This is a SOCKS proxy, and no HTTP proxy: set the client's proxy type to SOCKS."
    )
    return [.say(.client, answer.bytes), .note(.client, .sent, answer.statusLine)] + fail(.socksWrongProtocol)
  }

  private mutating func tunnel() -> [RelayAction] {
    guard case .connecting = state else { return [] }
    state = .over
    return reply(version == 4 ? SocksReply.granted4 : SocksReply.succeeded) + heard.handOver()
  }

  private mutating func backendFailed(_ failure: Failure) -> [RelayAction] {
    guard case .connecting = state else { return [] }
    state = .over
    return reply(SocksReply.code(for: failure)) + [.close(.client, .clean)]
  }

  private mutating func clientEnded() -> [RelayAction] {
    switch state {
    case .over: return []
    case .connecting:
      heard.ended = true
      return []
    case .ignoring: return leave()
    case .greeting, .login, .request:
      if heard.first.isEmpty { return leave() }
      let isStranger = state == .greeting && version != 4 && version != 5
      return (isStranger ? meetStranger(atLast: true) : nil) ?? fail(.socksWrongProtocol, by: .peer)
    }
  }

  private mutating func leave() -> [RelayAction] {
    state = .over
    return [.close(.client, .clean)]
  }

  private mutating func ignore(_ actions: [RelayAction]) -> [RelayAction] {
    state = .ignoring
    return actions
  }
}

// What is said in the end.
extension SocksServer {
  /// The reply in the client's version. A code of the other version becomes the general one; a code that
  /// means success only follows a success.
  func reply(_ code: Int) -> [RelayAction] {
    let code = SocksServer.fitting(code, version: version)
    // The bound address: a relay has none that would be of use to the client, so zeros, as others do.
    let bytes: [UInt8] =
      version == 4
      ? [0, UInt8(code), 0, 0, 0, 0, 0, 0] : [5, UInt8(code), 0, 1, 0, 0, 0, 0, 0, 0]
    return [.say(.client, bytes), .note(.client, .sent, SocksReply.line(code))]
  }

  /// Says no, and why to the learner.
  mutating func refuse(_ code: Int, as failureCode: FailureCode? = nil, target: Endpoint? = nil)
    -> [RelayAction]
  {
    let code = SocksServer.fitting(code, version: version)
    return reply(code)
      + fail(failureCode ?? SocksReply.failureCode(code), target: target, reply: code)
  }

  /// Ends with a failure of the client's end.
  mutating func fail(
    _ code: FailureCode, by decider: Failure.Decider = .here, target: Endpoint? = nil, reply: Int? = nil
  ) -> [RelayAction] {
    state = .over
    let failure = ProxyFailure.make(code, by: decider, heard: heard, target: target, socksReply: reply)
    return [.fail(.client, failure), .close(.client, .clean)]
  }

  private static func fitting(_ code: Int, version: UInt8) -> Int {
    let isOf4 = (SocksReply.granted4...SocksReply.otherUser4).contains(code)
    if version == 4 { return isOf4 ? code : SocksReply.rejected4 }
    return (0...255).contains(code) && !isOf4 ? code : SocksReply.generalFailure
  }
}
