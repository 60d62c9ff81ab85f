import LabCanvas
import LabCatalog
import LabFacts

/// Hides what a question asks for while it is open: the text, and the bytes that spell it.
struct Blanks {
  private let secret: String?
  static let mark = "____"

  init(_ context: PaneContext) {
    guard case .answer(let question) = context.run?.awaiting, case .fill = question.form else {
      secret = nil
      return
    }
    secret = context.run?.rightAnswer.first
  }

  var isOpen: Bool { secret != nil }

  func hide(_ text: String) -> String {
    guard let secret, !secret.isEmpty else { return text }
    return text.replacing(secret, with: Blanks.mark)
  }

  func hide(_ lines: [Line]) -> [Line] {
    guard isOpen else { return lines }
    return lines.map { line in line.map { Span(hide($0.text), $0.role) } }
  }

  /// Which bytes of a segment belong to parts that say it.
  func hidden(in segment: WireSegment) -> Set<Int> {
    guard let secret, !secret.isEmpty else { return [] }
    let parts = segment.ranges.filter { $0.value?.contains(secret) ?? false }
    return Set(parts.flatMap { $0.start..<($0.start + $0.length) })
  }
}
