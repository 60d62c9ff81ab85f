package import LabCore
package import LabFacts

/// A shell command that does what one program of the sandbox does.
package struct SandboxCommand: Equatable, Sendable {
  package let actor: ActorID
  /// Program and arguments, as they are given to it.
  package let words: [String]
  /// What is written to its standard input.
  package let input: [UInt8]
  /// Labels of settings that it can't say.
  package let unsaid: [String]

  /// As it is typed.
  package var line: String {
    let command = words.map(ShellWord.quoted).joined(separator: " ")
    // A moment for the answer: openssl and curl end with their input.
    return input.isEmpty ? command : "{ \(ShellWord.printf(input)); sleep 1; } | \(command)"
  }
}

/// The commands for the pair in question, made of its settings as they are now.
package struct SandboxCommands {
  private let setup: SandboxSetup
  private let lab: LabState
  private let identities: [IdentityDeclaration]
  /// The folder of the lab's certificates.
  private let folder: String

  package init(
    _ setup: SandboxSetup, in lab: LabState, identities: [IdentityDeclaration], folder: String
  ) {
    self.setup = setup
    self.lab = lab
    self.identities = identities
    self.folder = folder
  }

  /// For a client and its server, the server first; netlab's own before the others'. A relay has none, nor have two
  /// engines without a socket.
  package func all(for client: ActorID) -> [SandboxCommand] {
    guard let client = setup.actor(client), let target = client.settings.connect,
      let server = setup.actor(target.server), let spec = spec(of: server)
    else { return [] }
    let serving = server.settings.relay == nil ? [serve(server, spec)] + opensslServer(server) : []
    return serving + [connect(client, target)] + opensslClient(client, target) + curl(client, target)
  }

  // MARK: One command each

  /// How `netlab serve` is told of it.
  private func spec(of server: ActorDeclaration) -> String? {
    let here = address(of: server)
    return switch server.settings.network ?? .tcp {
    case .tcp: "\(here.description)/\(server.transport == .tls ? "tls" : "tcp")"
    case .udp: "\(here.description)/udp"
    case .unix: "unix:\(here.host)\(server.transport == .tls ? ",proto=tls" : "")"
    case .pipe: nil
    }
  }

  private func serve(_ server: ActorDeclaration, _ spec: String) -> SandboxCommand {
    var table = CommandWords.serve
    table.said.formUnion(["transport", "network", "listen.host", "listen.prefer_port"])
    let kind = server.settings.kind == nil ? ["--kind", "greet"] : []
    return command(["netlab", "serve", spec] + kind, server, table)
  }

  private func opensslServer(_ server: ActorDeclaration) -> [SandboxCommand] {
    guard server.transport == .tls, server.settings.network != .unix else { return [] }
    var table = CommandWords.opensslServer
    table.said.formUnion([
      "transport", "network", "listen.host", "listen.prefer_port", "tls.server_preference",
    ])
    let prefers = server.settings.tls.serverPreference == false ? [] : ["-serverpref"]
    let here = address(of: server)
    return [
      command(
        ["openssl", "s_server", "-accept", here.description] + chain(server) + prefers, server, table)
    ]
  }

  private func connect(_ client: ActorDeclaration, _ target: ConnectTarget) -> SandboxCommand {
    var words = ["netlab", "connect"]
    var table = CommandWords.connect
    table.said.formUnion(["transport", "network", "connect", "name", "sni", "via", "sends"])
    if client.transport == .tls {
      if client.settings.starttls == nil { words.append("--tls") }
      words += ["--verify-name", client.settings.name?.text ?? "none", "--sni", asked(client) ?? "none"]
    }
    if let proxy = proxy(client) { words += ["--via", proxy] }
    if client.transport == .tls, client.settings.trust == nil, client.settings.verify != false {
      // netlab connect trusts the lab's CA where no other is named.
      table.unsaid.append("trust (nobody)")
    }
    let there = address(of: target)
    let isUnix = setup.actor(target.server)?.settings.network == .unix
    return command(
      words + [isUnix ? "unix:\(there.host)" : there.description], client, table, input: sent(client))
  }

  private func opensslClient(_ client: ActorDeclaration, _ target: ConnectTarget) -> [SandboxCommand] {
    guard client.transport == .tls else { return [] }
    var table = CommandWords.opensslClient
    table.said.formUnion(["transport", "network", "connect", "name", "sni", "sends", "verify"])
    var words = ["openssl", "s_client", "-connect", address(of: target).description]
    words += asked(client).map { ["-servername", $0] } ?? ["-noservername"]
    if client.settings.verify != false {
      words.append("-verify_return_error")
      if let name = client.settings.name?.text {
        words += [IPAddress(name) == nil ? "-verify_hostname" : "-verify_ip", name]
      }
    }
    return [command(words, client, table, input: sent(client))]
  }

  /// For a client of an HTTP server; curl makes the request itself.
  private func curl(_ client: ActorDeclaration, _ target: ConnectTarget) -> [SandboxCommand] {
    guard setup.actor(target.server)?.settings.kind == .http,
      setup.actor(target.server)?.settings.network != .unix
    else { return [] }
    var table = CommandWords.curl
    table.said.formUnion(["transport", "network", "connect", "name", "sni", "via", "sends"])
    let there = address(of: target)
    var words = ["curl", "-v"]
    var host = there.description
    if client.transport == .tls, let name = client.settings.name?.text {
      host = "\(name):\(there.port)"
      words += ["--connect-to", "\(host):\(there.description)"]
    }
    if let proxy = proxy(client) { words += ["-x", proxy.replacing("socks5://", with: "socks5h://")] }
    let url = (client.transport == .tls ? "https://" : "http://") + host + "/"
    return [command(words + [url], client, table)]
  }

  private func command(
    _ words: [String], _ actor: ActorDeclaration, _ table: CommandWords, input: [UInt8] = []
  ) -> SandboxCommand {
    let place = SandboxSetting.Place(
      settings: actor.settings, talk: setup.talks[actor.id] ?? SandboxSetup.Talk(then: .clean))
    var flags: [String] = []
    var unsaid = table.unsaid
    for row in SandboxSettings.rows(for: actor) where !table.said.contains(row.key) {
      let value = row.read(place)
      guard !value.isEmpty, row.key != "then" || place.talk.then != .clean else { continue }
      if let made = table.flags[row.key]?(value, folder) { flags += made } else { unsaid.append(row.label) }
    }
    return SandboxCommand(actor: actor.id, words: words + flags, input: input, unsaid: unsaid)
  }

  // MARK: Parts of them

  private func address(of server: ActorDeclaration) -> Endpoint {
    if let listening = lab.servers[server.id]?.listening { return listening.endpoint }
    return Endpoint(server.settings.host ?? "127.0.0.1", server.settings.preferredPort ?? 8443)
  }

  private func address(of target: ConnectTarget) -> Endpoint {
    guard let server = setup.actor(target.server) else { return Endpoint("127.0.0.1", 8443) }
    let there = address(of: server)
    guard case .address(let host, _) = target else { return there.reachable }
    return Endpoint(host, there.port)
  }

  private func asked(_ client: ActorDeclaration) -> String? {
    guard client.settings.sni == nil else { return client.settings.sni?.text }
    return client.settings.name?.text.flatMap { IPAddress($0) == nil ? $0 : nil }
  }

  private func proxy(_ client: ActorDeclaration) -> String? {
    guard let via = client.settings.via else { return nil }
    let login = via.credentials.map { "\($0.user):\($0.password)@" } ?? ""
    let scheme = via.language == .connect ? "http" : via.language.rawValue
    return "\(scheme)://\(login)\(address(of: .actor(via.proxy)))"
  }

  private func sent(_ client: ActorDeclaration) -> [UInt8] {
    TypedBytes.bytes(setup.talks[client.id]?.sends ?? "")
  }

  /// What OpenSSL must be given of the chain, beside the certificate.
  private func chain(_ server: ActorDeclaration) -> [String] {
    guard let name = server.settings.identity?.text else { return ["-nocert"] }
    let own = ["-cert", "\(folder)/\(name).crt", "-key", "\(folder)/\(name).key"]
    guard let above = identities.first(where: { $0.name == name })?.chain.first else { return own }
    return own + ["-cert_chain", "\(folder)/\(above).crt"]
  }
}
