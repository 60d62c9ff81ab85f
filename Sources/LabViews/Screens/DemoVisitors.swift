import LabCatalog
import LabCore
import LabFacts

/// The connections the demo has had, oldest first, grouped by page view: a browser opens several.
struct DemoVisitors: Equatable {
  struct Row: Equatable {
    let end: EndID
    let peer: Endpoint?
    let name: String
    let offered: String
    let version: String
    let result: String
    let agent: String
    let isFailure: Bool
    let failureNumber: Int?
    /// The first connection of a page view.
    let beginsView: Bool
  }

  let rows: [Row]

  init(_ demo: DemoSnapshot?) {
    guard let demo else {
      rows = []
      return
    }
    let lab = demo.lab
    var last: (microseconds: Int, agent: String, isClear: Bool)?
    rows = lab.endOrder.compactMap { lab.ends[$0] }.filter { $0.side == .server }.map { end in
      let began = end.timeline.elements.first?.microseconds ?? 0
      let agent =
        (end.exchanges.last?.header("user-agent") ?? DemoVisitors.clearAgent(end))
        .map(DemoVisitors.short) ?? ""
      let isClear = end.wireReceived.total > 0 && end.tls.clientHello == nil
      let asksForPage = end.exchanges.elements.first?.target == "/"
      // Connections of one browser within a second belong to one view of a page.
      let begins =
        last.map {
          began - $0.microseconds > 1_000_000 || asksForPage || isClear != $0.isClear
            || (!agent.isEmpty && !$0.agent.isEmpty && $0.agent != agent)
        } ?? true
      last = (began, agent.isEmpty && !begins ? last?.agent ?? "" : agent, isClear)
      return DemoVisitors.row(end, agent: agent, beginsView: begins, lab)
    }
  }

  func chosen(_ model: AppModel) -> Row? {
    guard let index = model[.visitors].selection else { return rows.last }
    return rows.indices.contains(index) ? rows[index] : rows.last
  }

  private static func row(_ end: EndState, agent: String, beginsView: Bool, _ lab: LabState) -> Row {
    let hello = end.tls.clientHello
    let failure = lab.failures.elements.last { $0.end == end.id }
    // Who was answered was served, whatever happened to the connection afterwards.
    let isFailure = failure != nil && end.exchanges.last == nil
    return Row(
      end: end.id, peer: end.peer, name: hello?.values(.serverName).first ?? "",
      offered: hello?.values(.alpn).joined(separator: ",") ?? "",
      version: end.tls.established?.versionName ?? "", result: result(end, failure?.failure), agent: agent,
      isFailure: isFailure, failureNumber: isFailure ? failure?.number : nil, beginsView: beginsView)
  }

  private static func result(_ end: EndState, _ failure: Failure?) -> String {
    if let exchange = end.exchanges.last {
      let answered = "\(exchange.status) \(exchange.method) \(exchange.target)"
      return failure.map { "\(answered), then \($0.code.rawValue)" } ?? answered
    }
    if let failure {
      if let alert = failure.evidence.alert { return "alert \(alert.number) \(alert.name)" }
      return failure.code.rawValue
    }
    if end.isOver { return "came and left without a request" }
    return end.tls.established == nil ? "shaking hands" : "connected, no request yet"
  }

  /// `Firefox/153` out of a browser's long name for itself.
  private static func short(_ agent: String) -> String {
    let words = agent.split(separator: " ").map(String.init)
    let wanted = ["Edg/", "Firefox/", "HeadlessChrome/", "Chrome/", "curl/", "Safari/"]
    for name in wanted {
      guard let word = words.first(where: { $0.hasPrefix(name) }) else { continue }
      return name == "curl/" ? word : String(word.prefix { $0 != "." })
    }
    return words.first ?? ""
  }

  /// The program's name for itself in a request that came without TLS.
  private static func clearAgent(_ end: EndState) -> String? {
    guard end.tls.clientHello == nil else { return nil }
    let lines = String(decoding: end.wireReceived.kept.prefix(4096), as: UTF8.self).split(separator: "\r\n")
    let name = "user-agent: "
    return lines.first { $0.lowercased().hasPrefix(name) }
      .map { Notation.escaped(String($0.dropFirst(name.count))) }
  }
}
