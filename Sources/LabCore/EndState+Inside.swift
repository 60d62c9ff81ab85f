package import LabFacts

extension EndState {
  /// Is it made, and waits at this end's own gate? That are the newest records it sent.
  package func holds(_ entry: WireEntry) -> Bool {
    guard entry.direction == .sent, let oldest = oldestHeld else { return false }
    return entry.number >= oldest
  }

  private var oldestHeld: Int? {
    wire.elements.reversed().lazy.filter { $0.direction == .sent }.prefix(held.count).map(\.number).last
  }

  /// What header, seal and padding add to the bytes inside a record: a header and a tag at least.
  private static let overhead = 21...80

  /// The application's bytes in a record, where this end told of them as one chunk, and of nothing else with it.
  ///
  /// A chunk that was written is told before its records, one that was read after them. Several of either told in
  /// one go can't be told apart: then there is nothing.
  package func inside(_ entry: WireEntry) -> Bytes? {
    guard entry.segment.isApplicationData,
      let chunk = entry.direction == .sent ? written(entry) : given(entry),
      EndState.overhead.contains(entry.segment.bytes.total - chunk.bytes.total)
    else { return nil }
    return chunk.bytes
  }

  private func written(_ entry: WireEntry) -> DataEntry? {
    let told = chunks.elements.filter { $0.direction == .sent }
    guard let place = told.lastIndex(where: { $0.number < entry.number }) else { return nil }
    let chunk = told[place]
    let next = told.dropFirst(place + 1).first?.number ?? .max
    guard isAlone(entry, between: chunk.number, next) else { return nil }
    if place > 0 { return isQuiet(between: told[place - 1].number, chunk.number) ? nil : chunk }
    // The chunk before it is forgotten, and whether a record lay between.
    return chunks.forgotten == 0 ? chunk : nil
  }

  private func given(_ entry: WireEntry) -> DataEntry? {
    let told = chunks.elements.filter { $0.direction == .received }
    guard let place = told.firstIndex(where: { $0.number > entry.number }) else { return nil }
    let before = place > 0 ? told[place - 1].number : 0
    return isAlone(entry, between: before, told[place].number) ? told[place] : nil
  }

  private func records(_ direction: Direction, between first: Int, _ last: Int) -> [WireEntry] {
    wire.elements.filter {
      $0.direction == direction && $0.segment.isApplicationData && $0.number > first && $0.number < last
    }
  }

  private func isAlone(_ entry: WireEntry, between first: Int, _ last: Int) -> Bool {
    records(entry.direction, between: first, last).map(\.number) == [entry.number]
  }

  /// Did nothing leave between two facts, in clear or encrypted?
  private func isQuiet(between first: Int, _ last: Int) -> Bool {
    !wire.elements.contains { $0.direction == .sent && $0.number > first && $0.number < last }
  }
}
