import LabCore
import LabFacts

/// L15: settings that fit the program they are given to.
enum SettingRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    lesson.actors.flatMap { fit($0, lesson) } + unreachable(lesson) + verbs(lesson)
      + ProgramRules.check(lesson)
  }

  private static func fit(_ actor: ActorDeclaration, _ lesson: Lesson) -> [AuthorProblem] {
    if let program = actor.settings.program {
      var alone = ActorSettings()
      alone.program = program
      return actor.settings == alone
        ? []
        : [
          lesson.problem(
            "L15", at: actor.place,
            "`\(actor.id)` is a program of the machine and has no settings of its own.",
            help: "Say what it is given with `run` or `visit`.")
        ]
    }
    var problems: [AuthorProblem] = []
    let settings = actor.settings
    for key in settings.keys(foreignTo: actor.role) {
      problems.append(
        lesson.problem(
          "L15", at: actor.place, "`\(key)` means nothing for a \(actor.role.rawValue) (`\(actor.id)`)."))
    }
    if actor.role == .client, isDatagrams(settings, lesson) {
      problems.append(
        lesson.problem(
          "L15", at: actor.place, "`\(actor.id)` can't speak UDP: clients have connections.",
          help: "Give its server `network: tcp` or `unix`."))
    }
    if actor.role == .client, let server = settings.connect.flatMap({ lesson.actor($0.server) }),
      let network = settings.network, network != server.settings.network ?? .tcp
    {
      problems.append(
        lesson.problem(
          "L15", at: actor.place, "`\(actor.id)` has another network than its server `\(server.id)`.",
          help: "Leave `network` out: a client takes its server's."))
    }
    if actor.transport == .plain, !actor.offersTLS, let key = settings.tlsKeys.first {
      problems.append(
        lesson.problem(
          "L15", at: actor.place, "`\(actor.id)` is plain, but has the TLS setting `\(key)`.",
          help: "Take it away, or write `transport: tls`."))
    }
    guard actor.transport == .tls else { return problems }
    if actor.role == .server, settings.identity == nil {
      problems.append(
        lesson.problem(
          "L15", at: actor.place, "The TLS server `\(actor.id)` shows no identity.",
          help: "Write `identity: server`, or `identity: none` where that is the lesson."))
    }
    if actor.role == .client, settings.verify != false, settings.name == nil {
      problems.append(
        lesson.problem(
          "L15", at: actor.place, "The TLS client `\(actor.id)` does not say which name it wants to see.",
          help: "Write `name: netlab.test`, or `name: none` where the name is not to be checked."))
    }
    return problems
  }

  private static func isDatagrams(_ settings: ActorSettings, _ lesson: Lesson) -> Bool {
    let server = settings.connect.flatMap { lesson.actor($0.server) }
    return (settings.network ?? server?.settings.network) == .udp
  }

  /// A client that comes before its server needs a port to knock at.
  private static func unreachable(_ lesson: Lesson) -> [AuthorProblem] {
    var started: Set<ActorID> = []
    var problems: [AuthorProblem] = []
    for action in lesson.steps.flatMap(\.actions) {
      for actor in action.started {
        started.insert(actor)
        guard let server = lesson.actor(actor)?.settings.connect?.server, !started.contains(server),
          let declaration = lesson.actor(server), declaration.settings.preferredPort == nil
        else { continue }
        problems.append(
          lesson.problem(
            "L15", at: action.place,
            "`\(actor)` starts before its server `\(server)`, which prefers no port.",
            help: "Give `\(server)` a `prefer_port`, so that there is an address to try."))
      }
    }
    return problems
  }

  private static func verbs(_ lesson: Lesson) -> [AuthorProblem] {
    lesson.steps.flatMap(\.actions).flatMap { action -> [AuthorProblem] in
      guard case .pause(let actors) = action.verb else {
        guard case .accept(let actors) = action.verb else { return [] }
        return servers(actors, action, lesson)
      }
      return servers(actors, action, lesson)
    }
  }

  private static func servers(_ actors: [ActorID], _ action: Action, _ lesson: Lesson) -> [AuthorProblem] {
    actors.filter { lesson.actor($0)?.role == .client }.map {
      lesson.problem("L15", at: action.place, "`\($0)` is a client: only servers accept.")
    }
  }
}

extension ActorDeclaration {
  /// A plain program that is upgraded later has TLS settings all the same.
  fileprivate var offersTLS: Bool {
    let isMail: Bool =
      switch settings.kind {
      case .imap, .smtp, .pop3: true
      case .greet, .echo, .http, .discard, nil: false
      }
    return isMail || settings.relay?.way == .starttls || settings.relay?.way == .imap
  }
}

extension ActorSettings {
  /// Keys that only the other role has.
  fileprivate func keys(foreignTo role: Side) -> [String] {
    let server: [(String, Bool)] = [
      ("kind", kind != nil), ("listen", host != nil || preferredPort != nil || portOf != nil),
      ("backlog", backlog != nil),
      ("reply", reply != nil), ("banner", banner != nil), ("site", site != nil),
      ("accepting", accepting != nil),
      ("client_certificate", clientCertificate != nil),
      ("accept_mode", acceptMode != nil), ("limit", connectionLimit != nil), ("login", credentials != nil),
      ("on_error", onError != nil), ("identity_defect", identityDefect != nil),
      ("starts_anyway", startsAnyway != nil), ("sni_alert", unknownNameAlert != nil),
    ]
    let client: [(String, Bool)] = [
      ("connect", connect != nil), ("local_port", localPort != nil), ("local_reuse", sharesLocalPort != nil),
      ("connect_seconds", connectSeconds != nil),
      ("name", name != nil), ("sni", sni != nil), ("starttls", starttls != nil), ("via", via != nil),
      ("starttls_insists", starttlsInsists != nil),
    ]
    return (role == .server ? client : server).filter(\.1).map(\.0)
  }

  fileprivate var tlsKeys: [String] {
    let keys: [(String, Bool)] = [
      ("identity", identity != nil), ("trust", trust != nil), ("tls", tls != TLSLimits()),
      ("verify", verify != nil),
      ("name", name != nil), ("sni", sni != nil), ("client_certificate", clientCertificate != nil),
      ("clock", clock != nil), ("no_close_notify", noCloseNotify != nil),
    ]
    return keys.filter(\.1).map(\.0)
  }
}
