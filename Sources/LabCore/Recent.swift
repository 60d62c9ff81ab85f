package import LabFacts

/// The newest elements of a sequence that may never end: memory stays bounded whatever runs, however long.
package struct Recent<Element> {
  package let limit: Int
  package private(set) var elements: [Element] = []
  /// How many there were in all, those forgotten included.
  package private(set) var total = 0

  package init(limit: Int) { self.limit = limit }

  package mutating func append(_ element: Element) {
    elements.append(element)
    total += 1
    // Trimmed in bulk, so that appending stays cheap.
    if elements.count > limit + limit / 4 { elements.removeFirst(elements.count - limit) }
  }

  /// Forgets the oldest elements until the others weigh no more than the limit together. The newest stays.
  package mutating func keepNewest(within limit: Int, weight: (Element) -> Int) {
    var sum = 0
    let kept = elements.reversed().prefix { element in
      sum += weight(element)
      return sum <= limit
    }.count
    if kept < elements.count { elements.removeFirst(elements.count - max(1, kept)) }
  }

  package var forgotten: Int { total - elements.count }
  package var last: Element? { elements.last }
  package var isEmpty: Bool { elements.isEmpty }
}

extension Recent: Equatable where Element: Equatable {}
extension Recent: Sendable where Element: Sendable {}

/// The first bytes of one direction of a stream, and how many there were.
package struct ByteRecord: Equatable, Sendable {
  package static let limit = 16 * 1024
  package private(set) var kept: [UInt8] = []
  package private(set) var total = 0

  package init() {}

  package mutating func append(_ bytes: LabFacts.Bytes) {
    kept += bytes.kept.prefix(max(0, ByteRecord.limit - kept.count))
    total += bytes.total
  }

  /// Safe to print.
  package var text: String { Notation.escaped(kept) + (kept.count < total ? "…" : "") }
}
