package import LabCore
import LabFacts

/// What happened, as sentences: one per event, from both ends of each connection.
package enum PlainEvents {
  /// The events after the fact with that number, in order.
  package static func after(_ number: Int, in lab: LabState) -> [String] {
    let ends = lab.endOrder.compactMap { lab.ends[$0] }
    let all = ends.flatMap { end in
      end.timeline.elements.filter { $0.number > number }.map { (entry: $0, end: end) }
    }
    return all.sorted { $0.entry.number < $1.entry.number }
      .compactMap { sentence($0.entry, of: $0.end, in: lab) }
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
