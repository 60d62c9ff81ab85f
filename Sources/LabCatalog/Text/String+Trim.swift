extension StringProtocol {
  /// Without white space at its end.
  func trimmingEnd() -> String {
    var rest = self[...]
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }

  /// Without white space at its start.
  func trimmingStart() -> String { String(drop { $0.isWhitespace }) }

  func trimmed() -> String { trimmingEnd().trimmingStart() }

  /// The first line, cut where it is long.
  func firstLine(limit: Int) -> String {
    let line = prefix { !$0.isNewline }
    return line.count > limit || line.count < count ? String(line.prefix(limit)) + "…" : String(line)
  }

  /// Words between white space.
  var wordCount: Int { split { $0.isWhitespace }.count }
}
