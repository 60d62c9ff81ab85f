package import LabFacts

/// One listener, thought through: what it is asked to do, and where each wish came from.
package struct ListenPlan: Equatable, Sendable {
  package let spec: ListenSpec
  package let proto: ListenProtocol
  /// One order for each socket; their TLS options are still to be filled in from `tls`.
  package let orders: [ListenOrder]
  package private(set) var tls: TLSRequest?
  /// Every word in effect, with its origin.
  package let settings: [Setting]

  /// What a plan is made of besides the text of its listener.
  package struct Sources: Sendable {
    /// Words of flags, for every listener they fit.
    package var flags: [Setting] = []
    /// The defaults of a file, likewise.
    package var defaults: [Setting] = []
    /// Reads standard input, once.
    package var standardInput: @Sendable () -> [UInt8] = { [] }
    /// The first line of a file, for pass phrases.
    package var firstLine: @Sendable (String) -> String? = { _ in nil }

    package init() {}
  }

  /// Thinks listeners through, each with the words that a file gives to it alone. Refuses what can't be, by
  /// a sentence that names a way out. A flag that fits no listener is a mistake too.
  package static func make(
    _ listeners: [(spec: ListenSpec, own: [Setting])], _ sources: Sources
  ) throws(UsageProblem) -> [ListenPlan] {
    var planners: [ListenPlanner] = []
    for listener in listeners {
      planners.append(try ListenPlanner(listener.spec, own: listener.own, sources))
    }
    for flag in sources.flags {
      let objections = planners.compactMap { $0.shape.objection(to: flag) }
      if !planners.isEmpty, objections.count == planners.count { throw UsageProblem(objections[0]) }
    }
    var plans: [ListenPlan] = []
    for planner in planners { plans.append(try planner.plan()) }
    return plans
  }

  /// The same plan with a pass phrase for its key.
  package func with(passphrase: String) -> ListenPlan {
    var plan = self
    plan.tls?.passphrase = passphrase
    return plan
  }

  /// `tls, echo`, `tcp, imap, STARTTLS`.
  package var title: String {
    let kind = orders.first?.kind.rawValue ?? ""
    return "\(proto.rawValue), \(kind)" + (proto == .tcp && tls != nil ? ", STARTTLS" : "")
  }
}

/// Works out a plan from layers of settings: what is said nearer to the listener wins.
struct ListenPlanner {
  let spec: ListenSpec
  let sources: ListenPlan.Sources
  let shape: ListenShape
  /// From the weakest to the strongest.
  private let layers: [[Setting]]

  init(_ spec: ListenSpec, own: [Setting], _ sources: ListenPlan.Sources) throws(UsageProblem) {
    self.spec = spec
    self.sources = sources
    let own = ListenPlanner.over(own, spec.settings)
    let shared = ListenPlanner.over(sources.defaults, sources.flags)
    shape = try ListenPlanner.shape(spec, own: own, shared: shared)
    for setting in own {
      if let objection = shape.objection(to: setting) { throw UsageProblem(objection).at(setting.origin) }
    }
    if let reason = shape.impossible() { throw UsageProblem(reason) }
    let shape = shape
    let fitting = shared.filter { shape.objection(to: $0) == nil && shape.agrees(with: $0) }
    let named = spec.proto.map { [Setting("proto", $0.rawValue, .spec)] } ?? []
    layers = [ListenPlanner.builtIn(shape), fitting, ListenPlanner.over(own, named)]
  }

  func plan() throws(UsageProblem) -> ListenPlan {
    let settings = effective
    var order = ListenOrder(
      network: spec.address.path != nil ? .unix : shape.proto == .udp ? .udp : .tcp,
      preferredPort: spec.address.port == 0 ? nil : spec.address.port, fallsBack: false,
      transport: shape.proto == .tls ? .tls : .plain, kind: shape.kind)
    for setting in settings {
      do throws(UsageProblem) { try apply(setting, to: &order) } catch { throw error.at(setting.origin) }
    }
    order.credentials = try credentials(settings)
    let tls = try request(settings)
    let ipv = settings.last { $0.word == "ipv" }
    let hosts: [ListenHosts]
    do throws(UsageProblem) { hosts = try ListenHosts.of(spec.address, ipv: ipv?.value) } catch {
      // A shared wish does not fit every address; the listener's own must.
      guard let ipv, ipv.origin == .flag else { throw error }
      hosts = try ListenHosts.of(spec.address, ipv: nil)
    }
    let orders = hosts.map { hosts in
      var order = order
      order.host = hosts.host
      order.dualStack = hosts.dualStack
      return order
    }
    return ListenPlan(spec: spec, proto: shape.proto, orders: orders, tls: tls, settings: settings)
  }

  // MARK: Layers

  /// The stronger layer's words replace the weaker's; a certificate replaces a whole certificate.
  private static func over(_ weak: [Setting], _ strong: [Setting]) -> [Setting] {
    let words = Set(strong.map(\.word))
    let hasCertificate = words.contains("identity") || words.contains("cert")
    return weak.filter { setting in
      !words.contains(setting.word)
        && !(hasCertificate && ListenWords.certificate.contains(setting.word))
    } + strong
  }

  private var effective: [Setting] { layers.reduce([], ListenPlanner.over) }

  private static func shape(
    _ spec: ListenSpec, own: [Setting], shared: [Setting]
  ) throws(UsageProblem) -> ListenShape {
    func last(_ word: String, in settings: [Setting]) -> Setting? { settings.last { $0.word == word } }
    var proto = spec.proto
    if proto == nil, let word = last("proto", in: own) ?? last("proto", in: shared) {
      proto = try ListenProtocol.named(word.value, in: spec.text)
    }
    let ownKind = try serverKind(last("kind", in: own))
    var sharedKind = try serverKind(last("kind", in: shared))
    // What every listener is asked to do may be nothing for UDP.
    if proto == .udp, sharedKind != .discard { sharedKind = .echo }
    let kind: ServerKind = ownKind ?? sharedKind ?? .echo
    let starttls = last("starttls", in: own) ?? last("starttls", in: shared)
    let offers =
      [.imap, .smtp, .pop3].contains(kind) && (proto ?? .tcp) == .tcp && starttls?.value != "no"
    return ListenShape(spec: spec, proto: proto ?? .tcp, kind: kind, offersStartTLS: offers)
  }

  private static func serverKind(_ setting: Setting?) throws(UsageProblem) -> ServerKind? {
    guard let setting else { return nil }
    guard let kind = ServerKind(rawValue: setting.value) else {
      throw UsageProblem.unknown("kind of server", setting.value, among: ServerKind.allCases.map(\.rawValue))
        .at(setting.origin)
    }
    return kind
  }

  private static func builtIn(_ shape: ListenShape) -> [Setting] {
    let usual = [
      ("proto", shape.proto.rawValue), ("kind", shape.kind.rawValue), ("accept", "deferred"),
      ("deadline", "10"), ("backlog", "128"), ("idle", "30"), ("identity", "server"),
    ].map { Setting($0.0, $0.1, .builtIn) }
    return usual.filter { shape.objection(to: $0) == nil }
  }

  // MARK: Words

  private func apply(_ setting: Setting, to order: inout ListenOrder) throws(UsageProblem) {
    let (name, value) = (setting.word, setting.value)
    switch name {
    case "reply": order.reply = ListenPlanner.unescaped(value)
    case "banner": order.banner = ListenPlanner.unescaped(value)
    case "site": order.site = try word(name, value, ["hi", "demo"])
    case "accept": order.acceptMode = try accept(value)
    case "deadline": order.handshakeDeadlineMilliseconds = try milliseconds(name, value)
    case "idle": order.idleMilliseconds = try milliseconds(name, value)
    case "limit": order.connectionLimit = try number(name, value, 1...1_000_000)
    case "backlog": order.backlog = try number(name, value, 1...65535)
    case "ipv": _ = try word(name, value, ["4", "6", "*"])
    case "starttls": _ = try word(name, value, ["yes", "no"])
    default: break  // words of TLS, of the shape, and of credentials are read together elsewhere
    }
  }

  private func accept(_ value: String) throws(UsageProblem) -> AcceptMode {
    guard let mode = AcceptMode(rawValue: value) else {
      throw .unknown("accept mode", value, among: AcceptMode.allCases.map(\.rawValue))
    }
    return mode
  }

  private func credentials(_ settings: [Setting]) throws(UsageProblem) -> Credentials? {
    let user = settings.last { $0.word == "user" }
    let password = settings.last { $0.word == "password" }
    if let user, let password { return Credentials(user: user.value, password: password.value) }
    guard user != nil || password != nil else { return nil }
    throw UsageProblem(
      user == nil ? "password needs a user: add user=NAME." : "user needs a password: add password=WORD.")
  }

  /// `\r`, `\n`, `\t` and `\\` in a text of the command line.
  static func unescaped(_ text: String) -> String {
    var out = ""
    var isEscaped = false
    for character in text {
      guard isEscaped else {
        if character == "\\" { isEscaped = true } else { out.append(character) }
        continue
      }
      isEscaped = false
      switch character {
      case "r": out += "\r"
      case "n": out += "\n"
      case "t": out += "\t"
      case "\\": out += "\\"
      case let other: out += "\\\(other)"
      }
    }
    return isEscaped ? out + "\\" : out
  }
}

extension UsageProblem {
  /// The same, with the place in a file where it was written.
  func at(_ origin: Setting.Origin) -> UsageProblem {
    guard case .file(let place) = origin else { return self }
    return UsageProblem("\(place): \(message)")
  }
}

/// A time in seconds, as people write it: `10`, `0.5`.
func milliseconds(_ key: String, _ value: String) throws(UsageProblem) -> Int {
  guard let seconds = Double(value), seconds.isFinite, seconds > 0, seconds <= 86_400 else {
    throw UsageProblem(
      "\(key) wants a number of seconds up to a day, such as 10 or 0.5, not \"\(Notation.escaped(value))\".")
  }
  return max(1, Int((seconds * 1000).rounded()))
}
