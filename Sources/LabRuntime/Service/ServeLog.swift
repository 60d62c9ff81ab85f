package import LabFacts

/// What a server tells of its connections: lines as things happen, and the table of its counters.
package struct ServeLog: Sendable {
  /// Which failures are told.
  package enum Errors: String, Sendable, CaseIterable {
    case all
    /// The first of its kind at each listener; the table says how often it was seen.
    case once
    case none
  }

  package struct Style: Sendable {
    package var errors: Errors = .all
    /// 0: opens, failures and closes; 1: what was agreed; 2: messages; 3: everything.
    package var level = 0
    /// Application bytes may be shown.
    package var showsData = false
    package var asHexDump = false

    package init() {}
  }

  private struct Row {
    let name: String
    var opened = 0
    var closed = 0
    var failed = 0
    var bytesIn = 0
    var bytesOut = 0
    var seen: [FailureCode: Int] = [:]
  }

  private struct Visit {
    let opening: Fact.Opening
    let since: Int
  }

  private let style: Style
  private let titles: [ActorID: String]
  private let order: [ActorID]
  private var rows: [ActorID: Row] = [:]
  private var visits: [EndID: Visit] = [:]

  /// `titles` says what each server is, in the order of the table: `tls, echo`.
  package init(_ style: Style, titles: KeyValuePairs<ActorID, String>) {
    self.init(style, titles: titles.map { ($0.key, $0.value) })
  }

  /// The same for servers that are counted at run time.
  package init(_ style: Style, titles: [(actor: ActorID, title: String)]) {
    self.style = style
    self.titles = Dictionary(titles.map { ($0.actor, $0.title) }) { first, _ in first }
    order = titles.map(\.actor)
  }

  /// The lines that this fact is worth.
  package mutating func take(_ stamped: StampedFact) -> [String] {
    let said = words(for: stamped)
    guard !said.isEmpty else { return [] }
    return said.map { "\(ServeLog.seconds(stamped.microseconds)) \($0)" }
  }

  /// Counts a fact and makes no words.
  package mutating func count(_ fact: Fact) {
    switch fact {
    case .listening(let actor, let listening):
      rows[actor] = Row(name: "\(listening.endpoint) (\(titles[actor] ?? ""))")
    case .opened(let end, _): rows[end.actor]?.opened += 1
    case .failed(let end, let failure):
      rows[end.actor]?.failed += 1
      rows[end.actor]?.seen[failure.code, default: 0] += 1
    case .closed(let end, let closing):
      rows[end.actor]?.closed += 1
      rows[end.actor]?.bytesIn += closing.traffic.dataReceived
      rows[end.actor]?.bytesOut += closing.traffic.dataSent
    default: break  // no other fact is counted
    }
  }

  private mutating func words(for stamped: StampedFact) -> [String] {
    switch stamped.fact {
    case .listening(let actor, let listening):
      rows[actor] = Row(name: "\(listening.endpoint) (\(titles[actor] ?? ""))")
      return []
    case .opened(let end, let opening):
      rows[end.actor]?.opened += 1
      visits[end] = Visit(opening: opening, since: stamped.microseconds)
      return ["\(pair(end)) opened (\(titles[end.actor] ?? ""))"]
    case .closed(let end, let closing): return closed(end, closing, at: stamped.microseconds)
    case .failed(let end, let failure):
      rows[end.actor]?.failed += 1
      return failed(end.actor, failure).map { ["\(pair(end)) \($0)"] } ?? []
    case .acceptFailed(let actor, let failure):
      return failed(actor, failure).map { ["\(rows[actor]?.name ?? actor.rawValue) can't accept: \($0)"] }
        ?? []
    case let other:
      let side = other.end.flatMap { visits[$0] }?.opening.side ?? .server
      return ServeLog.details(other, of: side, style).map { "\(pair(other.end)) \($0)" }
    }
  }

  private mutating func closed(_ end: EndID, _ closing: Fact.Closing, at now: Int) -> [String] {
    let traffic = closing.traffic
    rows[end.actor]?.closed += 1
    rows[end.actor]?.bytesIn += traffic.dataReceived
    rows[end.actor]?.bytesOut += traffic.dataSent
    let lasted = visits[end].map { ", \(ServeLog.lasting(now - $0.since))" } ?? ""
    let line =
      "\(pair(end)) closed (\(closing.manner.rawValue)), \(traffic.dataReceived) B in, "
      + "\(traffic.dataSent) B out\(lasted)"
    visits[end] = nil
    return [line]
  }

  private mutating func failed(_ actor: ActorID, _ failure: Failure) -> String? {
    let count = (rows[actor]?.seen[failure.code] ?? 0) + 1
    rows[actor]?.seen[failure.code] = count
    switch style.errors {
    case .none: return nil
    case .once: if count > 1 { return nil }
    case .all: break
    }
    let said = failure.verbatim.first.map { ": \(Notation.escaped($0))" } ?? ""
    return "failed \(failure.code.rawValue) at \(failure.phase.rawValue), decided \(decider(failure))\(said)"
  }

  private func decider(_ failure: Failure) -> String {
    switch failure.decidedBy {
    case .here: "here"
    case .peer: "by the peer"
    case .kernel: "by the kernel"
    }
  }

  /// `127.0.0.1:8443 <- 127.0.0.1:53214`.
  private func pair(_ end: EndID?) -> String {
    guard let end else { return "" }
    guard let opening = visits[end]?.opening else { return end.description }
    return "\(opening.local) <- \(opening.peer)"
  }

  // MARK: The table

  package struct Counters: Equatable, Sendable, Encodable {
    package let listener: String
    package let opened: Int
    package let closed: Int
    package let active: Int
    package let failed: Int
    package let bytesIn: Int
    package let bytesOut: Int
    /// How often each failure was seen, by its key.
    package let failures: [String: Int]
  }

  /// The counters of each listener in the order they started, and of all together.
  package var counters: (listeners: [Counters], total: Counters) {
    let each = order.compactMap { rows[$0] }
    var total = Row(name: "total")
    for row in each {
      total.opened += row.opened
      total.closed += row.closed
      total.failed += row.failed
      total.bytesIn += row.bytesIn
      total.bytesOut += row.bytesOut
      total.seen.merge(row.seen) { $0 + $1 }
    }
    return (each.map(ServeLog.counters), ServeLog.counters(total))
  }

  private static func counters(_ row: Row) -> Counters {
    Counters(
      listener: row.name, opened: row.opened, closed: row.closed, active: row.opened - row.closed,
      failed: row.failed, bytesIn: row.bytesIn, bytesOut: row.bytesOut,
      failures: Dictionary(uniqueKeysWithValues: row.seen.map { ($0.key.rawValue, $0.value) }))
  }
}
