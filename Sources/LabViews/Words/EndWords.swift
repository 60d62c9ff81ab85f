import LabCanvas
import LabCore
import LabFacts

/// Where one end stands, in a few words.
struct EndWords {
  let end: EndState
  /// The kernel's word for it, where it has one.
  let kernel: TCPState?
  /// TCP is up and the server's program has not called accept() yet.
  let isWaiting: Bool
  let glyphs: Glyphs

  /// `ESTAB`, `TLS 1.3`, `handshaking: waits for ServerHello`, `closed clean`.
  var state: Span {
    switch end.phase {
    case .connecting: Span("connecting\(glyphs.ellipsis)" + (kernel.map { " \($0.name)" } ?? ""), .notice)
    case .failed: Span("not connected", .failure)
    case .closed: Span(end.closing.map(FailureWords.closing) ?? "closed", .dim)
    case .halfClosed: Span("half-closed" + (kernel.map { " \($0.name)" } ?? ""), .notice)
    case .open: open
    }
  }

  private var open: Span {
    if isWaiting { return Span("open, waits in the accept queue", .notice) }
    if let agreed = end.tls.established {
      return isConfirmed
        ? Span(agreed.versionName, .encrypted)
        : Span("\(agreed.versionName) done here, not yet confirmed", .notice)
    }
    if end.tls.started { return Span("handshaking" + (end.tls.word.map { ": \($0)" } ?? ""), .notice) }
    return Span(kernel?.name ?? "open")
  }

  /// Under TLS 1.3 a client is done before the server has judged its last flight. Only a byte from the
  /// server afterwards tells that it agreed.
  var isConfirmed: Bool {
    guard let agreed = end.tls.established, agreed.version >= TLSVersion.tls13.number, end.side == .client
    else { return true }
    return end.dataReceived.total > 0 || end.tls.tickets > 0
  }

  /// `held: ServerHello (+3)`.
  var held: String? {
    guard let first = end.held.first else { return nil }
    return "held: \(first)" + (end.held.count > 1 ? " (+\(end.held.count - 1))" : "")
  }

  var isEncrypted: Bool { end.tls.established != nil }

  /// `sent "Herbert"`, clipped.
  static func quoted(_ word: String, _ record: ByteRecord, limit: Int, _ glyphs: Glyphs) -> String? {
    guard record.total > 0 else { return nil }
    guard !record.kept.isEmpty else { return "\(word) \(record.total) bytes" }
    return "\(word) \"\(Text.clip(record.text, width: max(4, limit), ellipsis: glyphs.ellipsis))\""
  }
}
