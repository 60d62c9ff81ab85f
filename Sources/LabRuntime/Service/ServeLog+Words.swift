import LabFacts

extension ServeLog {
  /// What an end's facts say beyond opening, failing and closing, by level.
  static func details(_ fact: Fact, of side: Side, _ style: Style) -> [String] {
    switch fact {
    case .established(_, let agreed) where style.level >= 1: [agreement(agreed)]
    case .verified(_, let verification) where style.level >= 1: [verdict(verification, of: side.other)]
    case .http(_, let exchange) where style.level >= 1:
      ["\(exchange.method) \(exchange.target) \(exchange.status), \(exchange.bodyLength) B"]
    case .dialogue(_, let direction, let line) where style.level >= 1:
      ["\(direction == .sent ? "said" : "heard") \(line)"]
    case .tlsStopped where style.level >= 1: ["TLS was taken off"]
    case .message(_, let direction, let message) where style.level >= 2:
      ["\(direction.rawValue) \(message.name), \(message.length) B"]
    case .alert(_, let direction, let alert) where style.level >= 2:
      ["\(direction.rawValue) alert \(alert.number) \(alert.name)"]
    case .data(_, let direction, let bytes) where style.showsData: shown(direction, bytes, style)
    case .data(_, let direction, let bytes) where style.level >= 3:
      ["\(direction.rawValue) \(bytes.total) B of data"]
    case .wire(_, let direction, let segment) where style.level >= 3:
      ["\(direction.rawValue) \(segment.bytes.total) B on the wire"]
    case .tlsState(_, let word) where style.level >= 3: ["TLS: \(Notation.escaped(word))"]
    case .ticket(_, let direction) where style.level >= 3: ["\(direction.rawValue) a ticket"]
    case .halfClosed(_, let direction) where style.level >= 3: ["end of the \(direction.rawValue) stream"]
    default: []  // a log chooses; whoever wants every fact has --json
    }
  }

  private static func agreement(_ agreed: Negotiated) -> String {
    var parts = [agreed.versionName, agreed.suite, agreed.group].compactMap(\.self)
    if let name = agreed.serverName { parts.append("for \(Notation.escaped(name))") }
    if let alpn = agreed.alpn { parts.append(Notation.escaped(alpn)) }
    if agreed.resumed { parts.append("resumed") }
    return parts.joined(separator: ", ")
  }

  /// `owner` is the one whose certificate it is: a relay's end towards a backend is shown a server's.
  private static func verdict(_ verification: Verification, of owner: Side) -> String {
    guard let leaf = verification.chain.first else { return "no \(owner.rawValue) certificate came" }
    let text = verification.code == 0 ? "valid" : "verify \(verification.code), \(verification.text)"
    let mood = verification.enforced || verification.code == 0 ? "" : " (accepted all the same)"
    return
      "\(owner.rawValue) certificate \(Notation.escaped(leaf.subject)), serial \(leaf.serial): \(text)\(mood)"
  }

  private static func shown(_ direction: Direction, _ bytes: Bytes, _ style: Style) -> [String] {
    let head = "\(direction.rawValue) \(bytes.total) B"
    guard !bytes.kept.isEmpty else { return ["\(head), too many to show"] }
    guard style.asHexDump else { return ["\(head): \"\(bytes.text)\""] }
    return [head] + HexDump.lines(bytes.kept) + (bytes.isCut ? ["  …"] : [])
  }

  /// `+1.204`.
  static func seconds(_ microseconds: Int) -> String {
    let rest = String(microseconds / 1000 % 1000)
    return "+\(microseconds / 1_000_000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  static func lasting(_ microseconds: Int) -> String {
    microseconds < 1_000_000 ? "\(microseconds / 1000) ms" : String(seconds(microseconds).dropFirst()) + " s"
  }

  static func list(_ codes: [Int]) -> String {
    codes.map { code in VerifyErrors.name(code).map { "\(code) \($0)" } ?? String(code) }
      .joined(separator: ", ")
  }
}

/// Bytes in rows of sixteen: offset, hexadecimal, text.
enum HexDump {
  static func lines(_ bytes: [UInt8]) -> [String] {
    stride(from: 0, to: bytes.count, by: 16).map { start in
      let row = bytes[start..<min(start + 16, bytes.count)]
      let hex = Notation.hex(row)
      let text = String(
        decoding: row.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
      return "  \(Notation.hex(start, digits: 4))  \(hex)" + String(repeating: " ", count: 49 - hex.count)
        + text
    }
  }
}

extension ServeLog {
  /// The counters as a table, a line each, with what failed beneath.
  package var table: [String] {
    let (listeners, total) = counters
    let rows = listeners.count > 1 ? listeners + [total] : listeners
    let head = ["listener", "opened", "closed", "active", "failed", "bytes in", "bytes out"]
    let cells = rows.map { row in
      [row.listener]
        + [row.opened, row.closed, row.active, row.failed, row.bytesIn, row.bytesOut].map(String.init)
    }
    let widths = head.indices.map { column in ([head] + cells).map { $0[column].count }.max() ?? 0 }
    let lines = ([head] + cells).map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }
    return lines
      + listeners.flatMap { row in
        row.failures.sorted { $0.key < $1.key }.map { "  \(row.listener): \($0.key) seen \($0.value)×" }
      }
  }
}
