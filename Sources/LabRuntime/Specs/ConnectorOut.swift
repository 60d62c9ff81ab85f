package import LabFacts

/// Where a relay takes its clients.
package struct ConnectorOut: Equatable, Sendable {
  package let kind: ConnectorKind
  /// Without its TLS options, which are made of `tls`.
  package var order: ConnectOrder
  package var tls: TLSRequest?
  /// TLS comes later, when it is asked for.
  package var startsInClear = false

  /// Reads an OUT connector. Without a kind it is TCP where `bare` allows it.
  package static func parse(_ text: String, bare: Bool = false) throws(UsageProblem) -> ConnectorOut {
    var words = try ConnectorWords(text, bare: bare)
    if let objection = words.kind.objectionAsOut { throw UsageProblem(objection) }
    var out = ConnectorOut(
      kind: words.kind, order: ConnectOrder(to: Endpoint("", 0), transport: .plain))
    try out.readTarget(&words)
    try out.readWay(&words)
    try out.readTLS(&words)
    try words.finish()
    return out
  }

  /// The order with its TLS options.
  func resolved(tag: String, _ materials: inout ServiceMaterials) -> ConnectOrder {
    var order = order
    order.tls = tls.map { materials.add($0, tag: tag) }
    return order
  }

  /// `127.0.0.1:80`, `example.org:22 through a proxy at 10.0.0.1:8080`.
  var title: String {
    if kind == .dummy { return "nowhere" }
    return order.to.description + (order.via.map { " through a proxy at \($0.at)" } ?? "")
  }

  private mutating func readTarget(_ words: inout ConnectorWords) throws(UsageProblem) {
    switch kind {
    case .dummy:
      guard words.address.isEmpty else {
        throw UsageProblem("dummy takes no address: nothing goes anywhere.")
      }
    case .unix:
      guard words.address.contains("/") else {
        throw UsageProblem("unix wants the path of a socket with a slash in it, such as unix:/tmp/lab.sock.")
      }
      order.network = .unix
      order.to = .unix(words.address)
    case .starttls:
      order.starttls = try words.mail()
      order.to = try words.target()
    case .udp:
      order.network = .udp
      order.to = try words.target()
    case .tcp, .tls, .socks, .connect, .connectTLS: order.to = try words.target()
    case .dual, .imap, .imaps, .stdio: break
    }
  }

  private mutating func readWay(_ words: inout ConnectorWords) throws(UsageProblem) {
    switch kind {
    case .connect, .connectTLS:
      let at = try proxy(&words, port: 8080)
      order.via = ProxyOrder(
        language: .connect, at: at, credentials: try words.credentials(), agent: words.take("agent"))
    case .socks:
      let version = words.take("version") ?? "5h"
      guard let language = ProxyOrder.Language(rawValue: "socks" + version) else {
        throw .unknown("version of SOCKS", version, among: ["4", "4a", "5", "5h"])
      }
      let at = try proxy(&words, port: 1080)
      order.via = ProxyOrder(language: language, at: at, credentials: try words.credentials())
    case .tcp, .tls, .unix, .udp, .starttls, .dummy, .dual, .imap, .imaps, .stdio: break
    }
    guard kind != .dummy, kind != .udp else { return }
    if let time = words.take("timeout") {
      order.connectDeadlineMilliseconds = try ConnectorWords.milliseconds("timeout", time)
    }
    if let port = words.take("local-port") { order.localPort = try number("local-port", port, 1...65535) }
  }

  private func proxy(_ words: inout ConnectorWords, port: Int) throws(UsageProblem) -> Endpoint {
    guard let text = words.take("proxy") else {
      throw UsageProblem("\(kind.rawValue) as OUT goes through a proxy: add proxy=HOST:PORT.")
    }
    return try words.target(defaultPort: port, of: text)
  }

  private mutating func readTLS(_ words: inout ConnectorWords) throws(UsageProblem) {
    guard [.tls, .connectTLS, .starttls].contains(kind) else { return }
    if let time = words.take("deadline") {
      order.handshakeDeadlineMilliseconds = try ConnectorWords.milliseconds("deadline", time)
    }
    if kind == .tls, let value = words.take("start-cleartext") {
      startsInClear = try flag("start-cleartext", value)
    }
    var defaults = TLSRequest(side: .client)
    try defaults.set("sni", order.to.host)
    try defaults.set("name", order.to.host)
    var request = try words.takeTLS(.client, over: defaults)
    if request.authorities.isEmpty {
      // The lab's CA can speak for the lab's own names only (name constraints).
      request.options.trust = ["lab-ca"]
      request.options.trustsSystem = true
    }
    tls = request
    order.transport = startsInClear || kind == .starttls ? .plain : .tls
  }
}
