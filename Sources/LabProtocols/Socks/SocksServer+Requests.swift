import LabFacts

// What the client says, one message after the other. Nothing is returned where a message is not whole yet.
extension SocksServer {
  /// SOCKS 5: the ways to log in that the client offers.
  mutating func readMethods() -> [RelayAction]? {
    guard heard.unread.count >= 2, let message = heard.take(2 + Int(heard.unread[1])) else { return nil }
    let offered = message.dropFirst(2)
    let note = RelayAction.note(.client, .received, "SOCKS 5, methods: \(SocksMethod.names(offered))")
    guard let method = choose(from: offered) else {
      return [note] + say(method: SocksMethod.unacceptable) + fail(.socksAuth)
    }
    state = method == SocksMethod.password ? .login : .request
    return [note] + say(method: method)
  }

  private func choose(from offered: some Collection<UInt8>) -> UInt8? {
    if policy.manners == .noMethod { return nil }
    let wanted =
      policy.credentials == nil ? [SocksMethod.none, SocksMethod.password] : [SocksMethod.password]
    return wanted.first { offered.contains($0) }
  }

  private func say(method: UInt8) -> [RelayAction] {
    [.say(.client, [5, method]), .note(.client, .sent, "method \(method): \(SocksMethod.name(method))")]
  }

  /// RFC 1929. Who has no list of users lets everybody in.
  mutating func readLogin() -> [RelayAction]? {
    guard heard.unread.count >= 2 else { return nil }
    let userEnd = 2 + Int(heard.unread[1])
    guard heard.unread.count > userEnd, let message = heard.take(userEnd + 1 + Int(heard.unread[userEnd]))
    else { return nil }
    let login = Credentials(
      user: String(decoding: message[2..<userEnd], as: UTF8.self),
      password: String(decoding: message[(userEnd + 1)...], as: UTF8.self))
    let note = RelayAction.note(.client, .received, "user and password (not shown)")
    if let wanted = policy.credentials, login != wanted {
      return [note, .say(.client, [1, 1]), .note(.client, .sent, "user or password refused")]
        + fail(.socksAuth)
    }
    state = .request
    return [note, .say(.client, [1, 0]), .note(.client, .sent, "user and password accepted")]
  }

  /// SOCKS 5: version, command, reserved, address.
  mutating func readRequest() -> [RelayAction]? {
    guard heard.unread.count >= 4 else { return nil }
    let command = heard.unread[1]
    switch SocksAddress.read(heard.unread.dropFirst(3)) {
    case .needsMore: return nil
    case .unknownType: return refuse(SocksReply.addressTypeUnknown)
    case .target(let target, let length):
      _ = heard.take(3 + length)
      return obey(command, target, isName: IPAddress(target.host) == nil)
    }
  }

  /// SOCKS 4: version, command, port, address, user id, zero; in 4a also a name and a zero.
  mutating func readRequest4() -> [RelayAction]? {
    let bytes = heard.unread
    guard bytes.count > 8 else { return nil }
    let limit = 8 + 2 * SocksServer.fieldLimit
    guard let userEnd = bytes.dropFirst(8).firstIndex(of: 0) else {
      return bytes.count > limit ? refuse(SocksReply.rejected4, as: .socksWrongProtocol) : nil
    }
    let port = Int(bytes[2]) << 8 | Int(bytes[3])
    let address = Array(bytes[4..<8])
    guard address.starts(with: [0, 0, 0]), address[3] != 0 else {
      _ = heard.take(userEnd + 1)
      return obey(bytes[1], Endpoint(IPAddress(address)?.text ?? "", port), isName: false)
    }
    guard let nameEnd = bytes.dropFirst(userEnd + 1).firstIndex(of: 0) else {
      return bytes.count > limit ? refuse(SocksReply.rejected4, as: .socksWrongProtocol) : nil
    }
    let name = String(decoding: bytes[(userEnd + 1)..<nameEnd], as: UTF8.self)
    _ = heard.take(nameEnd + 1)
    return obey(bytes[1], Endpoint(name, port), isName: true)
  }

  /// A field of SOCKS 4 ends with a zero, so the protocol sets it no limit.
  private static let fieldLimit = 255

  private mutating func obey(_ command: UInt8, _ target: Endpoint, isName: Bool) -> [RelayAction] {
    let how = isName ? "name, the proxy looks it up" : "address"
    let what = command == SocksRequest.connect ? "connect to" : "command \(command) for"
    let note = RelayAction.note(
      .client, .received, "SOCKS \(version): \(what) \(Notation.escaped(target.description)) (\(how))")
    return [note] + decide(command, target)
  }

  private mutating func decide(_ command: UInt8, _ target: Endpoint) -> [RelayAction] {
    // A SOCKS 4 client has no password to give.
    if version == 4, policy.credentials != nil || policy.manners == .noMethod {
      return refuse(SocksReply.otherUser4, as: .socksAuth, target: target)
    }
    switch policy.manners {
    case .hangUp:
      state = .over
      return [.close(.client, .fin)]
    case .refuse(let code):
      let meansSuccess = code == SocksReply.succeeded || code == SocksReply.granted4
      return refuse(meansSuccess ? SocksReply.generalFailure : code, target: target)
    case .serve, .noMethod, .silence, .garbage: break
    }
    guard command == SocksRequest.connect else { return refuse(SocksReply.commandUnknown, target: target) }
    guard TunnelTarget.isHost(target.host), (1...65535).contains(target.port) else {
      return refuse(SocksReply.hostUnreachable, as: .badAddress, target: target)
    }
    state = .connecting(target)
    return [.connect(ConnectOrder(to: target, transport: .plain))]
  }
}
