package import LabFacts

/// One relay of `netlab proxy`, thought through: IN, OUT, and what is asked of it.
package struct ConnectorPlan: Equatable, Sendable {
  package let actor: ActorID
  package let input: ConnectorIn
  package let output: ConnectorOut?

  /// Reads `IN OUT IN OUT …`; groups may be given apart. Kinds that name their targets themselves take no OUT.
  package static func parse(
    _ groups: [[String]], maxConnections: Int? = nil
  ) throws(UsageProblem) -> [ConnectorPlan] {
    var plans: [ConnectorPlan] = []
    for group in groups {
      var rest = group[...]
      if rest.isEmpty { throw UsageProblem("Nothing stands between two --. Each relay is IN OUT.") }
      while let first = rest.popFirst() {
        let number = plans.count + 1
        plans.append(try ConnectorPlan(first, &rest, number: number, maxConnections: maxConnections))
      }
    }
    return try checked(plans)
  }

  private init(
    _ first: String, _ rest: inout ArraySlice<String>, number: Int, maxConnections: Int?
  ) throws(UsageProblem) {
    var input = try ConnectorIn.parse(first)
    if input.kind != .udp, input.kind != .stdio {
      input.maxConnections = input.maxConnections ?? maxConnections
    }
    actor = ActorID(input.nickname ?? "proxy\(number)")
    self.input = input
    if let objection = input.kind.objectionToOut {
      output = nil
      if ConnectorPlan.beginsWithOut(rest) { throw UsageProblem(objection) }
      return
    }
    guard let second = rest.popFirst() else {
      throw UsageProblem(
        "\(input.kind.rawValue) as IN needs an OUT after it, such as tcp:localhost:7777 or dummy.")
    }
    let output = try ConnectorOut.parse(second)
    self.output = output
    try ConnectorPlan.check(input, output)
  }

  /// What follows is the next relay, unless it can't be one.
  private static func beginsWithOut(_ rest: ArraySlice<String>) -> Bool {
    guard let next = rest.first, let words = try? ConnectorWords(next) else { return false }
    return words.kind.objectionAsIn != nil || rest.count == 1 && words.kind.objectionToOut == nil
  }

  private static func check(_ input: ConnectorIn, _ output: ConnectorOut) throws(UsageProblem) {
    guard output.kind != .dummy, (input.kind == .udp) != (output.kind == .udp) else {
      guard input.kind == .starttls, output.kind == .dummy else { return }
      throw UsageProblem("starttls passes on what a mail server says, and dummy says nothing.")
    }
    throw UsageProblem(
      "\(input.kind.rawValue) to \(output.kind.rawValue) can't be: datagrams have borders and may be lost, a stream "
        + "has none and keeps all. udp goes to udp.")
  }

  private static func checked(_ plans: [ConnectorPlan]) throws(UsageProblem) -> [ConnectorPlan] {
    var seen: Set<ActorID> = []
    for plan in plans where !seen.insert(plan.actor).inserted {
      throw UsageProblem("Two relays are called \(plan.actor). Give one another name=.")
    }
    if plans.filter({ $0.input.kind == .stdio }).count > 1 {
      throw UsageProblem("Only one relay can be on stdio: there is one input and one output.")
    }
    return plans
  }

  // MARK: What the bench is asked for

  /// The order. `descriptor` is the socket that stands for stdio.
  package func order(_ materials: inout ServiceMaterials, descriptor: Int? = nil) -> RelayOrder {
    var listen = input.listen
    listen.descriptor = descriptor
    listen.tls = input.tls.map { materials.add($0, tag: "\(actor) in") }
    return RelayOrder(
      listen: listen, route: route(&materials), hooks: input.hooks, maxConnections: input.maxConnections,
      apologises: descriptor == nil)
  }

  /// The relay's one client is this program's own input and output.
  package var isStdio: Bool { input.kind == .stdio }

  private func route(_ materials: inout ServiceMaterials) -> Route {
    switch input.route {
    case .socks(let policy): return .socks(policy)
    case .connect(let policy): return .connect(policy)
    case .dual(let ways, let timeout): return dual(ways, timeout, &materials)
    case .imap(let users, let others, let requiresTLS):
      let orders = users.map { ($0.key, $0.value.resolved(tag: "\(actor) user \($0.key)", &materials)) }
      return .imap(
        ImapRoute(
          users: Dictionary(uniqueKeysWithValues: orders),
          others: others?.resolved(tag: "\(actor) others", &materials),
          offersStartTLS: input.kind == .imap, requiresTLS: requiresTLS))
    case nil: break
    }
    guard let output, output.kind != .dummy else { return .discard }
    let order = output.resolved(tag: "\(actor) out", &materials)
    return input.mail.map { .starttls($0, order) } ?? .fixed(order)
  }

  private func dual(
    _ ways: [String: ConnectorOut], _ timeout: Int, _ materials: inout ServiceMaterials
  ) -> Route {
    let orders = ways.map { ($0.key, $0.value.resolved(tag: "\(actor) \($0.key)", &materials)) }
    let way = Dictionary(uniqueKeysWithValues: orders)
    return .dual(
      DualRoute(
        tls: way["tls"], http: way["http"], ssh: way["ssh"], clientFirst: way["client"],
        serverFirst: way["server"], timeoutMilliseconds: timeout))
  }

  /// `socks relay`, `tls relay to localhost:80`.
  package var title: String {
    let mail = input.mail.map { " \($0.rawValue)" } ?? ""
    return "\(input.kind.rawValue)\(mail) relay" + (output.map { " to \($0.title)" } ?? "")
  }
}
