/// A run of bytes that crossed an edge, kept up to a limit.
///
/// `total` says how many there really were, so that a cut is never mistaken for the whole.
package struct Bytes: Hashable, Sendable, Codable {
  package let kept: [UInt8]
  package let total: Int

  package init(_ bytes: [UInt8], limit: Int = .max) {
    kept = bytes.count > limit ? Array(bytes.prefix(limit)) : bytes
    total = bytes.count
  }

  package init(kept: [UInt8], total: Int) {
    self.kept = kept
    self.total = total
  }

  package init(text: String) { self.init(Array(text.utf8)) }

  package var isCut: Bool { kept.count < total }
  /// Safe to print: see `Notation.escaped`.
  package var text: String { Notation.escaped(kept) + (isCut ? "…" : "") }
}
