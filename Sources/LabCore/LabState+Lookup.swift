package import LabFacts

extension LabState {
  /// What a path such as `srv.port` or `cli1.error.key` names now; nothing where it names nothing yet.
  package func value(of path: String) -> Value? {
    if path == "kernel.ephemeral_range" { return portRange.map(Value.range) }
    guard let (subject, property) = Subject.split(path) else { return nil }
    return value(property, of: subject)
  }

  /// The same with subject and property apart, as conditions have them.
  package func value(_ property: String, of subject: String) -> Value? {
    Subject(subject).flatMap { value(property, of: $0) }
  }

  /// The end a subject names. A server by itself has none.
  package func end(of subject: String) -> EndID? {
    guard let subject = Subject(subject) else { return nil }
    return endState(subject)?.id
  }

  /// The ends a subject names: one, or all of an actor's.
  package func ends(of subject: Subject) -> [EndState] {
    subject.which == .all ? ends(of: subject.actor) : [endState(subject)].compactMap { $0 }
  }

  /// Failures a subject names: an end's own, or all of an actor's where the subject is a server.
  package func failures(of subject: Subject) -> [Failure] {
    if subject.which == .itself, let server = servers[subject.actor] {
      return server.failures + ends(of: subject.actor).flatMap(\.failures)
    }
    let own = ends(of: subject).flatMap(\.failures)
    // A setup that failed before any connection existed belongs to the actor.
    return own
      + (subject.which == .itself
        ? failures.elements.filter { $0.actor == subject.actor && $0.end == nil }.map(\.failure) : [])
  }

  private func value(_ name: String, of subject: Subject) -> Value? {
    guard let property = Property(rawValue: name) else { return nil }
    if Property.ofPrograms.contains(property) { return programs[subject.actor]?.value(property) }
    switch subject.which {
    case .all: return .list(ends(of: subject.actor).compactMap { value(property, of: $0) })
    case .itself:
      if let server = servers[subject.actor], let value = value(property, of: server) { return value }
      return endState(subject).flatMap { value(property, of: $0) }
    case .numbered, .last: return endState(subject).flatMap { value(property, of: $0) }
    }
  }

  private func endState(_ subject: Subject) -> EndState? {
    switch subject.which {
    case .numbered(let number): ends[EndID(subject.actor, number)]
    case .itself: servers[subject.actor] == nil ? newestEnd(of: subject.actor) : nil
    case .last: newestEnd(of: subject.actor)
    case .all: nil
    }
  }

  /// The properties of a server itself; nothing for those that only an end has.
  private func value(_ property: Property, of server: ServerState) -> Value? {
    let listening = server.listening
    let row = listening.flatMap { listening in
      kernel?.sockets.first { $0.state == .listen && $0.local == listening.endpoint }
    }
    switch property {
    case .port: return Value(listening?.endpoint.port)
    case .host: return Value(listening?.endpoint.host)
    case .address, .tlsAddress: return Value(listening?.endpoint.description)
    case .preferredPort: return Value(listening?.preferredPort)
    case .backlog: return Value(listening?.backlog)
    case .listening: return .bool(listening != nil)
    case .accepting: return .bool(server.accepting)
    case .transport: return Value(listening?.transport.rawValue)
    case .connectionCount: return .number(server.opened)
    case .kernelState: return Value(row?.state.name)
    case .kernelQueue: return Value(row?.receiveQueue)
    case .kernelBacklog: return Value(row?.sendQueue)
    case .errorKey, .errorPhase, .errorDecidedBy, .errorNumber, .errorReason, .errorVerify, .errorAlert,
      .errorText:
      return (server.failures + ends(of: server.actor).flatMap(\.failures)).last
        .flatMap { LabState.value(property, of: $0) }
    case .errorCount:
      return .number(server.failures.count + ends(of: server.actor).reduce(0) { $0 + $1.failures.count })
    case .httpCount: return .number(ends(of: server.actor).reduce(0) { $0 + $1.exchanges.total })
    case .httpStatus:
      return .list(ends(of: server.actor).flatMap(\.exchanges.elements).map { .number($0.status) })
    case .httpTargets:
      return .list(ends(of: server.actor).flatMap(\.exchanges.elements).map { .text($0.target) })
    case .peerPort, .peerAddress, .role, .state, .tcpEstablished, .closed, .closedBy, .sent, .received,
      .sentBytes, .reads, .readCount, .lastReadBytes, .kernelReceiveQueue, .kernelSendQueue,
      .receivedBytes, .wireSent, .wireReceived, .wireSentBytes, .wireReceivedBytes, .wireSentHex,
      .wireFirstReceivedHex, .wireLastSentHex, .wireLastSentBytes, .handshakeDone, .tlsVersion, .suite,
      .group,
      .alpn, .serverName, .bits, .verify, .verifyEnforced, .messagesSent, .messagesReceived, .alertSent,
      .alertReceived, .held, .helloVersions, .helloName, .readWithKey, .readWithKeyWhy, .certificateSubject,
      .certificateIssuer,
      .certificateNames,
      .certificateNotBefore, .certificateNotAfter, .certificateCount, .running, .runCount, .commandLine,
      .exit, .output, .errorOutput, .netError:
      return nil
    }
  }

  private func value(_ property: Property, of end: EndState) -> Value? {
    switch property {
    case .port: Value(end.local?.port)
    case .host: Value(end.local?.host)
    case .address: Value(end.local?.description)
    case .tlsAddress:
      Value(end.local.map { LabState.tlsAddress($0, starttls(end)) })
    case .peerPort: Value(end.peer?.port)
    case .peerAddress: Value(end.peer?.description)
    case .role: .text(end.side.rawValue)
    case .transport: .text(end.transport.rawValue)
    case .state: .text(end.phase.rawValue)
    case .tcpEstablished: .bool(end.opening != nil)
    case .closed: Value(end.closing?.manner.rawValue)
    case .closedBy: Value(end.closing?.by.rawValue)
    case .kernelState: Value(kernelSocket(of: end.id)?.state.name)
    case .kernelQueue: Value(kernelSocket(of: end.id)?.receiveQueue)
    case .sent: .text(end.dataSent.text)
    case .received: .text(end.dataReceived.text)
    case .sentBytes: .number(end.dataSent.total)
    case .receivedBytes: .number(end.dataReceived.total)
    case .reads: .list(end.reads.elements.map(Value.number))
    case .readCount: .number(end.reads.total)
    case .lastReadBytes: Value(end.reads.last)
    case .kernelReceiveQueue: Value(kernelSocket(of: end.id)?.receiveQueue)
    case .kernelSendQueue: Value(kernelSocket(of: end.id)?.sendQueue)
    case .wireSent: .text(end.wireSent.text)
    case .wireReceived: .text(end.wireReceived.text)
    case .wireSentBytes: .number(end.wireSent.total)
    case .wireReceivedBytes: .number(end.wireReceived.total)
    case .wireSentHex: .text(Notation.hex(end.wireSent.kept.prefix(32)))
    case .wireFirstReceivedHex: .text(Notation.hex(end.wireReceived.kept.prefix(8)))
    case .wireLastSentHex: Value(end.lastSent.map { Notation.hex($0.bytes.kept.prefix(16)) })
    case .wireLastSentBytes: Value(end.lastSent?.bytes.total)
    case .errorKey, .errorPhase, .errorDecidedBy, .errorNumber, .errorReason, .errorVerify, .errorAlert,
      .errorText:
      end.failures.last.flatMap { LabState.value(property, of: $0) }
    case .errorCount: .number(end.failures.count)
    case .httpCount: .number(end.exchanges.total)
    case .httpStatus: .list(end.exchanges.elements.map { .number($0.status) })
    case .httpTargets: .list(end.exchanges.elements.map { .text($0.target) })
    case .held: .number(end.held.count)
    case .readWithKey: Value(end.keyReading?.text)
    case .readWithKeyWhy: Value(end.keyReading?.obstacle?.rawValue)
    case .handshakeDone, .tlsVersion, .suite, .group, .alpn, .serverName, .bits, .verify, .verifyEnforced,
      .messagesSent, .messagesReceived, .alertSent, .alertReceived, .helloVersions, .helloName:
      end.tls.value(property)
    case .certificateSubject, .certificateIssuer, .certificateNames, .certificateNotBefore,
      .certificateNotAfter,
      .certificateCount:
      end.tls.certificateValue(property)
    case .preferredPort, .backlog, .listening, .accepting, .connectionCount, .kernelBacklog, .running,
      .runCount,
      .commandLine, .exit, .output, .errorOutput, .netError:
      nil
    }
  }

  /// The protocol in which TLS is asked for on an end's connection, as far as either side has shown it.
  private func starttls(_ end: EndState) -> MailProtocol? {
    end.starttls ?? other(of: end.id)?.starttls
      ?? end.failures.lazy.compactMap(\.evidence.mailProtocol).first
  }

  /// `127.0.0.1:7143 -starttls imap`.
  package static func tlsAddress(_ endpoint: Endpoint, _ starttls: MailProtocol?) -> String {
    endpoint.description + (starttls.map { " -starttls \($0.rawValue)" } ?? "")
  }

  /// The error properties of one failure.
  package static func value(_ property: Property, of failure: Failure) -> Value? {
    if property == .errorKey { return .text(failure.code.rawValue) }
    if property == .errorPhase { return .text(failure.phase.rawValue) }
    if property == .errorDecidedBy { return .text(failure.decidedBy.rawValue) }
    if property == .errorNumber { return Value(failure.evidence.errno) }
    if property == .errorReason { return Value(failure.evidence.reason) }
    if property == .errorVerify { return Value(failure.evidence.verify) }
    if property == .errorAlert { return Value(failure.evidence.alert?.number) }
    if property == .errorText { return .text(failure.verbatim.joined(separator: "; ")) }
    return nil
  }
}

extension EndState {
  fileprivate var lastSent: WireSegment? { wire.elements.last { $0.direction == .sent }?.segment }
}

extension TLSState {
  fileprivate func value(_ property: Property) -> Value? {
    if property == .handshakeDone { return .bool(established != nil) }
    if property == .tlsVersion { return Value(established?.versionName) }
    if property == .suite { return Value(established?.suite) }
    if property == .group { return Value(established?.group) }
    if property == .alpn { return Value(established?.alpn) }
    if property == .serverName { return Value(established?.serverName) }
    if property == .bits { return Value(established?.bits) }
    if property == .verify { return Value(verification?.code) }
    if property == .verifyEnforced { return verification.map { .bool($0.enforced) } }
    if property == .messagesSent { return Value(messagesSent.map(\.name)) }
    if property == .messagesReceived { return Value(messagesReceived.map(\.name)) }
    if property == .alertSent { return Value(alertSent?.number) }
    if property == .alertReceived { return Value(alertReceived?.number) }
    if property == .helloVersions { return clientHello.map { Value($0.values(.versions)) } }
    if property == .helloName { return Value(clientHello?.values(.serverName).first) }
    return nil
  }

  fileprivate func certificateValue(_ property: Property) -> Value? {
    guard let verification else { return nil }
    if property == .certificateCount { return .number(verification.chain.count) }
    guard let leaf = verification.chain.first else { return nil }
    if property == .certificateSubject { return .text(leaf.subject) }
    if property == .certificateIssuer { return .text(leaf.issuer) }
    if property == .certificateNames { return Value(leaf.names) }
    if property == .certificateNotBefore { return .text(leaf.notBefore) }
    if property == .certificateNotAfter { return .text(leaf.notAfter) }
    return nil
  }
}
