package import LabFacts

/// A server's facts as JSON, one object a line. Application bytes stay out unless they are wanted.
package enum ServeJSON {
  /// The line of a fact; nothing for those that would give a secret away.
  package static func line(_ stamped: StampedFact, showsData: Bool) -> String? {
    guard let fact = open(stamped.fact, showsData: showsData) else { return nil }
    return JSONLines.encode(
      StampedFact(number: stamped.number, microseconds: stamped.microseconds, fact: fact))
  }

  /// The last line: the counters.
  package static func summary(_ log: ServeLog) -> String {
    let counters = log.counters
    return JSONLines.encode(
      Summary(v: JSONLines.version, listeners: counters.listeners, total: counters.total))
  }

  private struct Summary: Encodable {
    let v: Int
    let event = "summary"
    let listeners: [ServeLog.Counters]
    let total: ServeLog.Counters
  }

  private static func open(_ fact: Fact, showsData: Bool) -> Fact? {
    switch fact {
    case .keyLogged: nil
    case .wire, .hooked: showsData ? fact : nil
    case .data(let end, let direction, let bytes):
      showsData ? fact : .data(end, direction, Bytes(kept: [], total: bytes.total))
    case .http(let end, let exchange): showsData ? fact : .http(end, bare(exchange))
    default: fact  // the others carry no application bytes
    }
  }

  /// Headers hold cookies and passwords.
  private static func bare(_ exchange: HTTPExchange) -> HTTPExchange {
    HTTPExchange(
      method: exchange.method, target: exchange.target, version: exchange.version, headers: [],
      status: exchange.status, responseHeaders: [], bodyLength: exchange.bodyLength)
  }
}
