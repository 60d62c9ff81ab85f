package import LabFacts

extension EndState {
  /// What header, seal and padding add to the bytes inside a record.
  private static let overhead = 16...80

  /// The application's bytes in a record, where this end told of them as one chunk.
  package func inside(_ entry: WireEntry) -> Bytes? {
    guard case .record(_, let names, true) = entry.segment.kind, names == ["application data"] else {
      return nil
    }
    let fitting = chunks.elements.filter { chunk in
      chunk.direction == entry.direction
        && EndState.overhead.contains(entry.segment.bytes.total - chunk.bytes.total)
    }
    return fitting.min { abs($0.number - entry.number) < abs($1.number - entry.number) }?.bytes
  }
}
