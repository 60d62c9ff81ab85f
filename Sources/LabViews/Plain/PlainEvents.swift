package import LabCore
import LabFacts

/// What happened, as sentences: one per event, from both ends of each connection.
package enum PlainEvents {
  /// The events after the fact with that number, in order.
  package static func after(_ number: Int, in lab: LabState) -> [String] {
    let ends = lab.endOrder.compactMap { lab.ends[$0] }
    let all = ends.flatMap { end in
      end.timeline.elements.filter { $0.number > number }.map { Happening(entry: $0, end: end) }
    }
    return runs(of: all.sorted { $0.entry.number < $1.entry.number }).flatMap { run -> [String] in
      if run.count > most { return [summary(of: run)] }
      return run.compactMap { sentence($0.entry, of: $0.end, in: lab) }
    }
  }

  private struct Happening {
    let entry: TimelineEntry
    let end: EndState

    /// How many bytes went which way.
    var data: (direction: Direction, count: Int)? {
      if case .data(let direction, let count) = entry.event { return (direction, count) }
      return nil
    }

    /// Are both data of one end, the same way?
    func isLike(_ other: Happening) -> Bool {
      guard let data, let before = other.data else { return false }
      return end.id == other.end.id && data.direction == before.direction
    }
  }

  /// So many reads or writes in a row are told one by one; more are a flood that nobody wants to hear.
  private static let most = 3

  /// Data of one end and one way that nothing else came between stands together.
  private static func runs(of all: [Happening]) -> [[Happening]] {
    all.reduce(into: []) { runs, next in
      if let last = runs.last?.last, next.isLike(last) {
        runs[runs.count - 1].append(next)
      } else {
        runs.append([next])
      }
    }
  }

  private static func summary(of run: [Happening]) -> String {
    guard let first = run.first, let direction = first.data?.direction else { return "" }
    let bytes = run.reduce(0) { $0 + ($1.data?.count ?? 0) }
    let verb = direction == .sent ? "sends" : "receives"
    return "\(name(first.end)) \(verb) \(run.count) times, \(bytes) bytes in all."
  }

  private static func sentence(_ entry: TimelineEntry, of end: EndState, in lab: LabState) -> String? {
    let who = name(end)
    switch entry.event {
    case .connecting(let target): return "\(who) asks for a connection to \(target)."
    case .opened: return opened(end, who)
    case .tlsStarted: return nil
    case .tlsStopped: return "\(who) takes TLS off and goes on beneath it."
    // The bytes of the dialogue are told as data.
    case .dialogue: return nil
    case .message(.sent, let message):
      return "\(who) sends \(message.name)\(message.encrypted ? ", encrypted" : "")."
    case .message(.received, let message):
      // Where both ends are in the lab, the sender has told it.
      return lab.other(of: end.id) == nil ? "\(who) receives \(message.name)." : nil
    case .alert(.sent, let alert): return "\(who) sends alert \(alert.number), \(alert.name)."
    case .alert(.received, let alert): return "\(who) receives alert \(alert.number), \(alert.name)."
    case .established: return "\(who) has TLS up\(end.tls.established.map { ", \($0.versionName)" } ?? "")."
    case .data(.sent, let count): return "\(who) sends \(count) bytes\(text(entry, end))"
    case .data(.received, let count): return "\(who) receives \(count) bytes\(text(entry, end))"
    case .http(let exchange):
      return "\(who) answers \(exchange.method) \(exchange.target) with \(exchange.status)."
    case .halfClosed(.sent): return "\(who) ends its direction."
    case .halfClosed(.received): return "\(who) learns that the other side has ended its direction."
    case .closed(let closing): return "\(who) is closed: \(closing.manner.rawValue)."
    case .failed(let failure): return "\(who) fails: \(failure.code.rawValue). e explains it."
    }
  }

  private static func opened(_ end: EndState, _ who: String) -> String? {
    guard let opening = end.opening else { return nil }
    let verb = end.side == .server ? "accepted a connection" : "is connected"
    return
      "\(who) \(verb). Local \(opening.local.host) port \(opening.local.port). Peer \(opening.peer.host) port \(opening.peer.port)."
  }

  /// A short text in full, the beginning of a long one.
  private static func text(_ entry: TimelineEntry, _ end: EndState) -> String {
    guard let bytes = end.chunks.elements.last(where: { $0.number == entry.number })?.bytes else {
      return "."
    }
    let whole = Notation.escaped(bytes.kept)
    let shown = bytes.isCut || whole.count > 100 ? whole.prefix(100) + "..." : whole[...]
    return ": \"\(shown)\"."
  }

  static func name(_ end: EndState) -> String {
    end.side == .server ? "\(end.id.actor) connection \(end.id.ordinal)" : end.label
  }
}
