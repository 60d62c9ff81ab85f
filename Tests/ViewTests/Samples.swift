import LabCore
import LabFacts

@testable import LabCatalog

/// Facts in order, with numbers and times of their own: what the lab would have reported.
struct Story {
  private(set) var facts: [StampedFact] = []
  private var microseconds = 0

  mutating func add(_ fact: Fact, after microseconds: Int = 400) {
    self.microseconds += microseconds
    facts.append(StampedFact(number: facts.count + 1, microseconds: self.microseconds, fact: fact))
  }

  var state: LabState { facts.reduce(into: LabState()) { Lab.reduce(&$0, $1) } }

  /// A server on a port of 127.0.0.1.
  mutating func listen(_ actor: ActorID, _ port: Int, _ transport: Transport) {
    add(
      .listening(
        actor,
        .init(
          endpoint: Endpoint("127.0.0.1", port), transport: transport, chosenBy: .configured, backlog: 5,
          descriptor: 4)))
  }

  /// A client that connects, and the server that accepts it.
  mutating func connect(
    _ client: EndID, _ port: Int, to server: EndID, _ serverPort: Int, _ transport: Transport
  ) {
    let (local, peer) = (Endpoint("127.0.0.1", port), Endpoint("127.0.0.1", serverPort))
    add(.connecting(client, .init(to: peer, transport: transport)))
    add(
      .opened(
        server,
        .init(
          side: .server, transport: transport, local: peer, peer: local, localPortChosenBy: .configured,
          descriptor: 10)))
    add(
      .opened(
        client,
        .init(
          side: .client, transport: transport, local: local, peer: peer, localPortChosenBy: .kernel,
          descriptor: 11)))
  }

  /// Application bytes from one end to the other, with what the wire shows of them.
  mutating func say(_ text: String, from: EndID, to: EndID, clear: Bool = true) {
    let bytes = Array(text.utf8)
    add(.data(from, .sent, Bytes(text: text)))
    let segment =
      clear
      ? WireSegment(kind: .clear, offset: 0, bytes: Bytes(text: text))
      : Samples.record(23, ["application data"], encrypted: true, length: bytes.count + 17)
    add(.wire(from, .sent, segment))
    add(.wire(to, .received, segment))
    add(.data(to, .received, Bytes(text: text)))
  }

  /// A TLS 1.3 handshake as both ends see it.
  mutating func handshake(
    _ client: EndID, _ server: EndID, chain: [CertificateSummary] = [Samples.certificate]
  ) {
    add(.tlsStarted(client, .client))
    add(.tlsStarted(server, .server))
    message(Samples.clientHello, from: client, to: server)
    message(Samples.serverHello, from: server, to: client)
    message(HandshakeMessage(type: 8, length: 10, encrypted: true), from: server, to: client)
    message(HandshakeMessage(type: 11, length: 800, encrypted: true), from: server, to: client)
    message(HandshakeMessage(type: 15, length: 79, encrypted: true), from: server, to: client)
    message(HandshakeMessage(type: 20, length: 52, encrypted: true), from: server, to: client)
    add(.verified(client, Verification(code: 0, text: "ok", enforced: true, chain: chain)))
    add(.established(client, Samples.negotiated))
    message(HandshakeMessage(type: 20, length: 52, encrypted: true), from: client, to: server)
    add(.established(server, Samples.negotiated))
  }

  mutating func message(_ message: HandshakeMessage, from: EndID, to: EndID) {
    add(.message(from, .sent, message))
    let record = Samples.record(
      message.encrypted ? 23 : 22, [message.name], encrypted: message.encrypted, length: message.length)
    add(.wire(from, .sent, record))
    add(.wire(to, .received, record))
    add(.message(to, .received, message))
  }

  /// What the kernel shows: listeners by port, connections by client port and server port, both ends.
  mutating func kernel(listeners: [Int], connections: [(Int, Int)]) {
    let host = "127.0.0.1"
    var rows = listeners.map {
      KernelSocket(
        state: .listen, local: Endpoint(host, $0), peer: Endpoint("0.0.0.0", 0), receiveQueue: 0, sendQueue: 5
      )
    }
    for (client, server) in connections {
      for (local, peer) in [(server, client), (client, server)] {
        rows.append(
          KernelSocket(
            state: .established, local: Endpoint(host, local), peer: Endpoint(host, peer), receiveQueue: 0,
            sendQueue: 0))
      }
    }
    add(.kernel(KernelSample(source: .sockDiag, sockets: rows)))
  }
}

/// Hand-made values for the tests of all views.
enum Samples {
  // Two servers, three plain clients, two TLS clients.
  static let server: ActorID = "srv"
  static let tlsServer: ActorID = "tsrv"

  /// Both pairs at work: three plain connections, the newest seen by the kernel a moment ago, and two with TLS.
  static var story: Story {
    var story = Story()
    story.add(.portRange(PortRange(first: 32768, last: 60999)))
    story.listen("srv", 7777, .plain)
    story.listen("tsrv", 7443, .tls)
    story.connect(EndID("cli1", 1), 43788, to: EndID("srv", 1), 7777, .plain)
    story.say("Herbert", from: EndID("cli1", 1), to: EndID("srv", 1))
    story.say("Hey Herbert!", from: EndID("srv", 1), to: EndID("cli1", 1))
    story.connect(EndID("cli2", 1), 43798, to: EndID("srv", 2), 7777, .plain)
    story.connect(EndID("tcli1", 1), 51572, to: EndID("tsrv", 1), 7443, .tls)
    story.handshake(EndID("tcli1", 1), EndID("tsrv", 1))
    story.say("Sabine", from: EndID("tcli1", 1), to: EndID("tsrv", 1), clear: false)
    story.say("Hey Sabine!", from: EndID("tsrv", 1), to: EndID("tcli1", 1), clear: false)
    story.connect(EndID("tcli2", 1), 51586, to: EndID("tsrv", 2), 7443, .tls)
    story.handshake(EndID("tcli2", 1), EndID("tsrv", 2))
    story.kernel(
      listeners: [7777, 7443], connections: [(43788, 7777), (43798, 7777), (51572, 7443), (51586, 7443)])
    story.connect(EndID("cli3", 1), 43804, to: EndID("srv", 3), 7777, .plain)
    story.kernel(
      listeners: [7777, 7443],
      connections: [(43788, 7777), (43798, 7777), (43804, 7777), (51572, 7443), (51586, 7443)])
    return story
  }

  /// The same, and then a TLS client goes to the plain port.
  static var failedStory: Story {
    var story = story
    let (client, server) = (EndID("tcli3", 1), EndID("srv", 4))
    story.connect(client, 51590, to: server, 7777, .tls)
    story.add(.tlsStarted(client, .client))
    story.add(.message(client, .sent, clientHello))
    story.add(.wire(client, .sent, record(22, ["ClientHello"], encrypted: false, length: 300)))
    story.add(.data(server, .received, Bytes([0x16, 0x03, 0x01, 0x01, 0x2c])))
    let answer = Bytes(text: "Hey \u{16}!")
    story.add(.wire(client, .received, WireSegment(kind: .clear, offset: 0, bytes: answer)))
    story.add(.failed(client, failure))
    story.add(.alert(client, .sent, Alert(level: .fatal, number: 70)))
    story.add(.closed(client, .init(manner: .aborted, by: .here, traffic: .init())))
    story.add(.closed(server, .init(manner: .clean, by: .peer, traffic: .init())))
    return story
  }

  static var failure: Failure {
    var evidence = Evidence()
    evidence.library = 20
    evidence.reason = 267
    evidence.firstReceived = Array("Hey \u{16}!".utf8)
    evidence.endpoint = Endpoint("127.0.0.1", 7777)
    return Failure(
      layer: .tls, code: .tlsToPlainPort, phase: .handshakeStart, decidedBy: .here, evidence: evidence,
      verbatim: ["error:0A00010B:SSL routines::wrong version number"])
  }

  static let clientHello = HandshakeMessage(
    type: 1, length: 308, encrypted: false,
    fields: [
      HandshakeField(.versions, ["TLS 1.3", "TLS 1.2"]),
      HandshakeField(.suites, ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]),
      HandshakeField(.groups, ["X25519", "P-256"]), HandshakeField(.serverName, ["netlab.test"]),
      HandshakeField(.alpn, ["http/1.1"]),
    ])

  static let serverHello = HandshakeMessage(
    type: 2, length: 122, encrypted: false,
    fields: [
      HandshakeField(.versions, ["TLS 1.3"]), HandshakeField(.suite, ["TLS_AES_256_GCM_SHA384"]),
      HandshakeField(.group, ["X25519"]),
    ])

  static let negotiated = Negotiated(
    version: 0x0304, suite: "TLS_AES_256_GCM_SHA384", group: "X25519", alpn: nil, serverName: "netlab.test",
    resumed: false, bits: 256)

  static let certificate = CertificateSummary(
    subject: "CN=netlab.test", issuer: "CN=netlab Root CA",
    names: ["DNS:netlab.test", "DNS:localhost", "IP:127.0.0.1", "IP:::1"], notBefore: "2026-11-20T00:00:00Z",
    notAfter: "2027-11-20T00:00:00Z", serial: "10:00", key: "EC P-256",
    fingerprint:
      "3F:9A:11:0C:55:7E:21:90:AB:CD:EF:01:23:45:67:89:3F:9A:11:0C:55:7E:21:90:AB:CD:EF:01:23:45:67:C7",
    isAuthority: false, isSelfSigned: false)

  /// A record with its header named. The bytes count up, so that cuts show.
  static func record(_ type: Int, _ names: [String], encrypted: Bool, length: Int) -> WireSegment {
    let header: [UInt8] = [UInt8(type), 3, 3, UInt8(length >> 8 & 255), UInt8(length & 255)]
    let body = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    return WireSegment(
      kind: .record(type: type, names: names, encrypted: encrypted), offset: 0,
      bytes: Bytes(header + body, limit: 512),
      ranges: [
        LabelledRange(0, 1, "content type", TLSNames.contentType(type)),
        LabelledRange(1, 2, "version", "TLS 1.2"), LabelledRange(3, 2, "length", "\(length)"),
        LabelledRange(5, length, encrypted ? "encrypted bytes" : "message"),
      ])
  }
}
