package import LabCore
package import LabFacts

/// A run told by hand: facts with their numbers and times, and the state they add up to.
package struct FactStory {
  package private(set) var facts: [StampedFact] = []
  package private(set) var state = LabState()
  private var microseconds = 0

  package init() {}

  /// Tells what happened next, `after` microseconds later.
  package mutating func tell(_ fact: Fact, after gap: Int = 1000) {
    microseconds += gap
    let stamped = StampedFact(number: facts.count + 1, microseconds: microseconds, fact: fact)
    facts.append(stamped)
    Lab.reduce(&state, stamped)
  }

  /// A server that listens on 127.0.0.1.
  package mutating func listen(
    _ actor: ActorID, _ port: Int, _ transport: Transport = .plain, chosenBy: PortChooser = .configured,
    preferred: Int? = nil
  ) {
    tell(
      .listening(
        actor,
        Fact.Listening(
          endpoint: Endpoint("127.0.0.1", port), transport: transport, chosenBy: chosenBy,
          preferredPort: preferred,
          backlog: 5, descriptor: 4)))
  }

  /// The client's end opens.
  package mutating func open(_ client: EndID, from port: Int, to server: Int, _ transport: Transport = .plain)
  {
    let to = Endpoint("127.0.0.1", server)
    tell(.connecting(client, Fact.Connecting(to: to, transport: transport)))
    opened(client, .client, transport, Endpoint("127.0.0.1", port), to, .kernel)
  }

  /// The server's end of the same connection.
  package mutating func accept(
    _ server: EndID, at port: Int, from client: Int, _ transport: Transport = .plain, mapped: Bool = false
  ) {
    let prefix = mapped ? "::ffff:" : ""
    opened(
      server, .server, transport, Endpoint("\(prefix)127.0.0.1", port),
      Endpoint("\(prefix)127.0.0.1", client),
      .configured)
  }

  private mutating func opened(
    _ end: EndID, _ side: Side, _ transport: Transport, _ local: Endpoint, _ peer: Endpoint,
    _ chooser: PortChooser
  ) {
    tell(
      .opened(
        end,
        Fact.Opening(side: side, transport: transport, local: local, peer: peer, localPortChosenBy: chooser)))
    if transport == .tls { tell(.tlsStarted(end, side)) }
  }

  /// A message that was sent by one end and read by the other.
  package mutating func pass(_ message: HandshakeMessage, from sender: EndID, to receiver: EndID?) {
    tell(.message(sender, .sent, message))
    if let receiver { tell(.message(receiver, .received, message)) }
  }

  /// A whole TLS 1.3 handshake, up to the client's own "done" and, where wanted, the server's.
  package mutating func handshake(
    _ client: EndID, _ server: EndID, verification: Verification = FactStory.trusted, confirmed: Bool = true
  ) {
    pass(FactStory.clientHello, from: client, to: server)
    pass(FactStory.serverHello, from: server, to: client)
    pass(HandshakeMessage(type: 8, length: 10, encrypted: true), from: server, to: client)
    pass(FactStory.certificate, from: server, to: client)
    tell(.verified(client, verification))
    pass(HandshakeMessage(type: 15, length: 78, encrypted: true), from: server, to: client)
    pass(HandshakeMessage(type: 20, length: 52, encrypted: true), from: server, to: client)
    tell(.message(client, .sent, HandshakeMessage(type: 20, length: 52, encrypted: true)))
    tell(.established(client, FactStory.negotiated))
    guard confirmed else { return }
    tell(.message(server, .received, HandshakeMessage(type: 20, length: 52, encrypted: true)))
    tell(.established(server, FactStory.negotiated))
  }

  /// The client says something and the server answers; on a plain connection the wire carries the same bytes.
  package mutating func talk(_ client: EndID, _ server: EndID, _ text: String, _ answer: String) {
    say(client, server, text)
    say(server, client, answer)
  }

  private mutating func say(_ from: EndID, _ to: EndID, _ text: String) {
    for (end, direction) in [(from, Direction.sent), (to, .received)] {
      let isPlain = state.ends[end]?.transport != .tls
      let wire =
        isPlain ? WireSegment(kind: .clear, offset: 0, bytes: Bytes(text: text)) : FactStory.sealed(text)
      let data = Fact.data(end, direction, Bytes(text: text))
      // Under TLS, what is written is told before the record it becomes.
      if !isPlain, direction == .sent {
        tell(data, after: 2000)
        tell(.wire(end, direction, wire), after: 0)
      } else {
        tell(.wire(end, direction, wire))
        tell(data)
      }
    }
  }

  /// The kernel's table, as `state local port, peer port`.
  package mutating func kernel(
    _ rows: [(TCPState, Int, Int)], queues: [Int: Int] = [:], after gap: Int = 1000
  ) {
    let sockets = rows.map { state, local, peer in
      KernelSocket(
        state: state, local: Endpoint("127.0.0.1", local),
        peer: state == .listen ? Endpoint("0.0.0.0", 0) : Endpoint("127.0.0.1", peer),
        receiveQueue: state == .listen ? queues[local, default: 0] : 0, sendQueue: state == .listen ? 5 : 0)
    }
    tell(.kernel(KernelSample(source: .sockDiag, sockets: sockets)), after: gap)
  }
}

extension FactStory {
  package static let clientHello = HandshakeMessage(
    type: 1, length: 317, encrypted: false,
    fields: [
      HandshakeField(.legacyVersion, ["TLS 1.2"]),
      HandshakeField(.suites, ["TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"]),
      HandshakeField(.serverName, ["netlab.test"]), HandshakeField(.versions, ["TLS 1.3", "TLS 1.2"]),
      HandshakeField(.groups, ["X25519", "P-256"]), HandshakeField(.keyShares, ["X25519"]),
    ])

  package static let serverHello = HandshakeMessage(
    type: 2, length: 122, encrypted: false,
    fields: [
      HandshakeField(.suite, ["TLS_AES_256_GCM_SHA384"]), HandshakeField(.versions, ["TLS 1.3"]),
      HandshakeField(.group, ["X25519"]),
    ])

  package static let certificate = HandshakeMessage(
    type: 11, length: 512, encrypted: true, fields: [HandshakeField(.certificates, ["CN=netlab.test"])])

  package static let negotiated = Negotiated(
    version: 0x0304, suite: "TLS_AES_256_GCM_SHA384", group: "X25519", alpn: nil, serverName: "netlab.test",
    resumed: false, bits: 256)

  package static let leaf = CertificateSummary(
    subject: "CN=netlab.test", issuer: "CN=netlab Lab CA", names: ["DNS:netlab.test"],
    notBefore: "2026-11-01T00:00:00Z", notAfter: "2027-11-01T00:00:00Z", serial: "10:00", key: "EC P-256",
    fingerprint: "3F:9A", isAuthority: false, isSelfSigned: false)

  package static let trusted = Verification(code: 0, text: "ok", enforced: true, chain: [leaf])
  package static let untrusted = Verification(
    code: 20, text: "unable to get local issuer certificate", enforced: true, chain: [leaf])

  /// The refusal of an untrusted certificate, at the client.
  package static let unknownCA: Failure = {
    var evidence = Evidence()
    evidence.verify = 20
    return Failure(
      layer: .tls, code: .unknownCa, phase: .handshakeAfterCertificate, decidedBy: .here, evidence: evidence,
      verbatim: ["error:0A000086:SSL routines::certificate verify failed"])
  }()

  /// The same refusal as the server hears of it.
  package static let peerUnknownCA: Failure = {
    var evidence = Evidence()
    evidence.alert = Alert(level: .fatal, number: 48)
    evidence.alertDirection = .received
    return Failure(
      layer: .tls, code: .peerUnknownCa, phase: .handshakeAfterCertificate, decidedBy: .peer,
      evidence: evidence)
  }()

  /// A record of application data.
  package static func sealed(_ text: String) -> WireSegment {
    let payload = text.utf8.count + 17
    let bytes = [0x17, 0x03, 0x03, 0x00, UInt8(payload)] + (0..<payload).map { UInt8($0 * 7 & 0xff) }
    return WireSegment(
      kind: .record(type: 23, names: ["application data"], encrypted: true), offset: 0, bytes: Bytes(bytes),
      ranges: [
        LabelledRange(0, 1, "type", "application data"), LabelledRange(1, 2, "version", "TLS 1.2"),
        LabelledRange(3, 2, "length", "\(payload) bytes"),
        LabelledRange(5, payload, "encrypted payload", "\(payload) bytes"),
      ])
  }
}
