import LabFacts
import LabProtocols

/// What came out of a dialogue, in short: enough to compare with, and independent of how bytes were cut.
struct Script: Equatable {
  /// Everything said, in one piece: to the other party, or by a relay to its client.
  var said: [UInt8] = []
  /// What a relay said to its backend.
  var saidToBackend: [UInt8] = []
  /// `> ` for a line sent, `< ` for one received.
  var notes: [String] = []
  var failure: Failure?
  /// `done`, `relay`, `close client clean`, `connect host:port`, `wait 200`, in order.
  var steps: [String] = []
  var rest: [UInt8] = []

  var text: String { String(decoding: said, as: UTF8.self) }
  var backendText: String { String(decoding: saidToBackend, as: UTF8.self) }

  /// Is this true only of one way to cut the bytes? The rest of a dialogue that is done is what had come.
  var withoutRest: Script {
    var copy = self
    copy.rest = []
    return copy
  }

  private mutating func note(_ direction: Direction, _ line: String) {
    notes.append((direction == .sent ? "> " : "< ") + line)
  }

  mutating func add(_ action: DialogueAction) {
    switch action {
    case .say(let bytes): said += bytes
    case .startTLS: steps.append("tls")
    case .done(let rest):
      steps.append("done")
      self.rest = rest
    case .close(let manner): steps.append("close \(manner.rawValue)")
    case .fail(let failure): self.failure = failure
    case .note(let direction, let line): note(direction, line)
    }
  }

  mutating func add(_ action: RelayAction) {
    switch action {
    case .say(.client, let bytes): said += bytes
    case .say(.backend, let bytes): saidToBackend += bytes
    case .pass(.backend, let bytes): said += bytes
    case .pass(.client, let bytes): saidToBackend += bytes
    case .startTLS(let party): steps.append("tls \(party.rawValue)")
    case .connect(let order): steps.append("connect \(order.to)")
    case .wait(let milliseconds): steps.append("wait \(milliseconds)")
    case .relay: steps.append("relay")
    case .close(let party, let manner): steps.append("close \(party.rawValue) \(manner.rawValue)")
    case .fail(_, let failure): self.failure = failure
    case .note(_, let direction, let line): note(direction, line)
    }
  }

  static func play(_ dialogue: some Dialogue, _ events: [DialogueEvent]) -> Script {
    var dialogue = dialogue
    var script = Script()
    for event in events { for action in dialogue.take(event) { script.add(action) } }
    return script
  }

  static func play(_ dialogue: some RelayDialogue, _ events: [RelayEvent]) -> Script {
    var dialogue = dialogue
    var script = Script()
    for event in events { for action in dialogue.take(event) { script.add(action) } }
    return script
  }
}

/// All the ways to cut bytes that find mistakes: whole, in two at every place, and each byte alone.
enum Cuts {
  static func of(_ bytes: [UInt8]) -> [[[UInt8]]] {
    let inTwo = bytes.indices.dropFirst().map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
    return [[bytes]] + inTwo + [bytes.map { [$0] }]
  }

  static func of(_ text: String) -> [[[UInt8]]] { of(Array(text.utf8)) }
}

/// A client's dialogue with a proxy's, without sockets: what each came to.
struct Conversation {
  let client: Script
  let proxy: Script

  /// `backend` is what becomes of the connection the proxy asks for; nothing: it is up.
  init(
    _ client: some Dialogue, _ proxy: some RelayDialogue, backend: Failure? = nil, byteByByte: Bool = false
  ) {
    var (client, proxy) = (client, proxy)
    var (clientScript, proxyScript) = (Script(), Script())
    var toProxy: [RelayEvent] = [.opened]
    var toClient: [DialogueEvent] = [.opened]
    func pieces(_ bytes: [UInt8]) -> [[UInt8]] { byteByByte ? bytes.map { [$0] } : [bytes] }
    while !toProxy.isEmpty || !toClient.isEmpty {
      if !toClient.isEmpty {
        for action in client.take(toClient.removeFirst()) {
          clientScript.add(action)
          if case .say(let bytes) = action { toProxy += pieces(bytes).map { .heard(.client, $0) } }
          if case .fail = action { toProxy.append(.ended(.client)) }
        }
        continue
      }
      for action in proxy.take(toProxy.removeFirst()) {
        proxyScript.add(action)
        switch action {
        case .say(.client, let bytes): toClient += pieces(bytes).map { .heard($0) }
        case .close(.client, _): toClient.append(.ended)
        case .connect: toProxy.append(backend.map { .backendFailed($0) } ?? .backendUp)
        case .say, .pass, .startTLS, .wait, .relay, .close, .fail, .note: break
        }
      }
    }
    self.client = clientScript
    self.proxy = proxyScript
  }
}

extension Failure {
  /// A backend that cannot be reached, as the socket layer tells it.
  static func backend(_ code: FailureCode, errno: Int? = nil) -> Failure {
    var evidence = Evidence()
    evidence.errno = errno
    return Failure(layer: .socket, code: code, phase: .connect, decidedBy: .kernel, evidence: evidence)
  }
}
