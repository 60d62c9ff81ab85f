import LabFacts

/// The TLS records an end has sent, and which of them carried a rung of its ladder.
struct SentRecords {
  private let records: [EndState.WireEntry]
  /// The facts that told of bytes of the application.
  private let chunks: [Int]

  init(_ end: EndState) {
    records = end.wire.elements.filter {
      guard $0.direction == .sent, case .record = $0.segment.kind else { return false }
      return true
    }
    chunks = end.chunks.elements.filter { $0.direction == .sent }.map(\.number)
  }

  /// Where in the end's stream the record lies that carried a rung; of several, all of data and the last of a
  /// message. Nil where that is not known, or no longer.
  ///
  /// A message and an alert are told after their record, bytes of the application before theirs.
  func bytes(of rung: Ladder.Rung) -> Range<Int>? {
    switch rung.kind {
    case .message, .alert:
      return records.last { $0.number < rung.number }.map { $0.offset..<$0.end }
    case .data:
      let next = chunks.first { $0 > rung.number } ?? .max
      let own = records.filter {
        $0.number > rung.number && $0.number < next && $0.segment.isApplicationData
      }
      guard let first = own.first, let last = own.last else { return nil }
      return first.offset..<last.end
    case .unopened, .inferred, .http, .connected, .secured, .failed, .closed: return nil
    }
  }
}

extension EndState.WireEntry {
  fileprivate var offset: Int { segment.offset }
  fileprivate var end: Int { segment.offset + segment.bytes.total }
}
