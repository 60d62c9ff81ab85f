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

  /// `ESTAB`, `TLS 1.3`, `handshaking`, `closed clean`.
  var state: Span {
    switch end.phase {
    case .connecting: Span("connecting\(glyphs.ellipsis)", .notice)
    case .failed: Span("not connected", .failure)
    case .closed:
      end.closing?.manner == .aborted
        ? Span("failed", .failure) : Span(end.closing.map(FailureWords.closing) ?? "closed", .dim)
    case .halfClosed: Span("half-closed" + (kernel.map { " \($0.name)" } ?? ""), .notice)
    case .open: open
    }
  }

  /// The same where there is no room for it: how it ended, that it did goes without saying.
  var shortState: Span {
    guard end.phase == .closed, let manner = end.closing?.manner else { return state }
    switch manner {
    case .clean: return Span("clean", .dim)
    case .reset: return Span("reset", .dim)
    case .truncated: return Span("truncated", .dim)
    case .aborted: return state
    }
  }

  private var open: Span {
    if let agreed = end.tls.established {
      return Span(agreed.versionName, isConfirmed ? .encrypted : .notice)
    }
    if end.tls.started { return Span("handshaking", .notice) }
    return Span(kernel?.name ?? "open")
  }

  /// Under TLS 1.3 a client is done before the server has judged its last flight. Only a byte from the
  /// server afterwards tells that it agreed.
  var isConfirmed: Bool {
    guard let agreed = end.tls.established, agreed.version >= TLSVersion.tls13.number, end.side == .client
    else { return true }
    return end.dataReceived.total > 0 || end.tls.tickets > 0
  }

  /// What is still open: `waits for ServerHello`, `done here, not yet confirmed`, `waits in the accept
  /// queue`.
  var remark: String? {
    if end.phase == .connecting { return kernel?.name }
    guard end.phase == .open else { return nil }
    if isWaiting { return "waits in the accept queue" }
    if end.tls.established != nil { return isConfirmed ? nil : "done here, not yet confirmed" }
    return end.tls.started ? end.tls.word : nil
  }

  /// `held: ServerHello (+3)`.
  var held: String? {
    guard let first = end.held.first else { return nil }
    return "held: \(first)" + (end.held.count > 1 ? " (+\(end.held.count - 1))" : "")
  }

  var isEncrypted: Bool { end.tls.established != nil }

  /// `sent "Herbert"` and `got "Hey Herbert!"`, clipped so that both fit into `room`.
  func talk(room: Int) -> [String] {
    let records = [("sent", end.dataSent), ("got", end.dataReceived)].filter { $0.1.total > 0 }
    let frame = records.reduce(2 * max(0, records.count - 1)) { $0 + $1.0.count + 3 }
    let texts = records.map { EndWords.beginning(of: $0.1, columns: room) }
    let widths = texts.map { DisplayWidth.of($0) }
    let half = (room - frame) / max(1, records.count)
    return records.indices.map { place in
      let others = widths.enumerated().reduce(0) { $0 + ($1.offset == place ? 0 : $1.element) }
      let limit = max(4, half, room - frame - others)
      let (word, record) = records[place]
      guard !record.kept.isEmpty else { return "\(word) \(record.total) bytes" }
      return "\(word) \"\(Text.clip(texts[place], width: limit, ellipsis: glyphs.ellipsis))\""
    }
  }

  /// Enough of it to fill so many columns: what is written on every frame is never the whole of it.
  private static func beginning(of record: ByteRecord, columns: Int) -> String {
    let bytes = record.kept.prefix(4 * max(4, columns) + 4)
    return Notation.escaped(bytes) + (bytes.count < record.total ? "…" : "")
  }
}
