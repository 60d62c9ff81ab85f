package import LabFacts

/// The programs of a sandbox as they are set up, and what its clients say and how they end.
package struct SandboxSetup: Equatable, Sendable {
  /// What one client does once it is connected.
  package struct Talk: Equatable, Sendable {
    /// With `\r`, `\n`, `\t` and `\xNN` for what can't be typed; empty: it says nothing.
    package var sends: String
    package var then: Ending

    package init(sends: String = "", then: Ending = .clean) {
      self.sends = sends
      self.then = then
    }
  }

  /// How a client ends its connection.
  package enum Ending: String, Sendable, CaseIterable {
    case clean
    case fin
    case half
    case reset
    /// It doesn't.
    case stay

    package var manner: CloseManner? { CloseManner(rawValue: rawValue) }
  }

  package var actors: [ActorDeclaration]
  package var talks: [ActorID: Talk]

  package init(actors: [ActorDeclaration]) {
    self.actors = actors
    talks = [:]
    for client in clients { talks[client.id] = Talk(sends: SandboxSetup.words(for: client, actors)) }
  }

  /// A lesson's programs without those of the machine, which can't be set up. Where that leaves no client,
  /// one of netlab's own goes to the first server.
  init(ofLesson actors: [ActorDeclaration]) {
    var mine = actors.filter { $0.settings.program == nil }
    if !mine.contains(where: { $0.role == .client }), let server = mine.first {
      let id: ActorID = mine.contains { $0.id == "cli" } ? "client" : "cli"
      mine.append(SandboxSetup.client(id, of: server))
    }
    self.init(actors: mine)
  }

  /// A client in good order for that server.
  private static func client(_ id: ActorID, of server: ActorDeclaration) -> ActorDeclaration {
    var client = ActorSettings()
    client.transport = server.transport
    client.connect = .actor(server.id)
    if server.transport == .tls {
      client.trust = ["lab-ca"]
      client.name = .name("netlab.test")
    }
    return ActorDeclaration(id: id, role: .client, settings: client)
  }

  package var clients: [ActorDeclaration] { actors.filter { $0.role == .client } }
  /// Servers first, then relays, which need to know where those listen.
  package var listeners: [ActorDeclaration] {
    let servers = actors.filter { $0.role == .server }
    return servers.filter { $0.settings.relay == nil } + servers.filter { $0.settings.relay != nil }
  }

  package func actor(_ id: ActorID) -> ActorDeclaration? { actors.first { $0.id == id } }

  /// What a client of that server would say by itself.
  private static func words(for client: ActorDeclaration, _ actors: [ActorDeclaration]) -> String {
    let server = client.settings.connect.flatMap { target in actors.first { $0.id == target.server } }
    let behind = server?.settings.relay?.allBackends.first.flatMap { backend in
      actors.first { $0.id == backend.target.server }
    }
    switch (behind ?? server)?.settings.kind {
    case .http: return "GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"
    case .imap: return "a1 NOOP\\r\\n"
    case .smtp, .pop3: return "NOOP\\r\\n"
    case .greet, .echo, .discard, nil: return "Herbert"
    }
  }

  /// A plain pair and a TLS pair in good order: what the sandbox begins with where no lesson is open.
  package static var fresh: SandboxSetup {
    var plain = ActorSettings()
    plain.transport = .plain
    plain.kind = .greet
    var tls = plain
    tls.transport = .tls
    tls.identity = .name("server")
    let server = ActorDeclaration(id: "srv", role: .server, settings: plain)
    let secure = ActorDeclaration(id: "tsrv", role: .server, settings: tls)
    return SandboxSetup(actors: [server, client("cli", of: server), secure, client("tcli", of: secure)])
  }
}

/// Texts as they are typed: one line, with escapes for what has no key.
package enum TypedBytes {
  /// The bytes a typed text stands for.
  package static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let character = rest.popFirst() {
      guard character == "\\", let code = rest.popFirst() else {
        bytes += Array(String(character).utf8)
        continue
      }
      switch code {
      case "r": bytes.append(13)
      case "n": bytes.append(10)
      case "t": bytes.append(9)
      case "x" where UInt8(rest.prefix(2), radix: 16) != nil && rest.count >= 2:
        bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      default: bytes += Array(String(code).utf8)  // An escaped character stands for itself.
      }
    }
    return bytes
  }
}
