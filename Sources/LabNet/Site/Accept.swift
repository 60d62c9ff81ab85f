/// What a client would rather have (RFC 9110 section 12.5.1).
struct Accept: Equatable, Sendable {
  private struct Range: Equatable {
    let type: String
    let quality: Double
  }

  private let ranges: [Range]

  /// No header means: anything.
  init(headers: [String]) {
    let parts = headers.flatMap { $0.split(separator: ",") }
    ranges = parts.isEmpty ? [Range(type: "*/*", quality: 1)] : parts.map(Self.range)
  }

  /// Does the client want the first type more than the second?
  func prefers(_ type: String, to other: String) -> Bool { quality(type) > quality(other) }

  /// The most exact range that covers the type decides; 0 where none does.
  private func quality(_ type: String) -> Double {
    let family = type.prefix { $0 != "/" } + "/*"
    for wanted in [type, String(family), "*/*"] {
      if let range = ranges.first(where: { $0.type == wanted }) { return range.quality }
    }
    return 0
  }

  private static func range(_ text: Substring) -> Range {
    let parts = text.lowercased().split(separator: ";").map { String($0).filter { $0 != " " && $0 != "\t" } }
    let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { $0.dropFirst(2) }
    let quality = weight.map { Double($0) ?? 0 } ?? 1
    return Range(type: parts.first ?? "", quality: (0...1).contains(quality) ? quality : 0)
  }
}
