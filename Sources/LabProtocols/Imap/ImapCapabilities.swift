/// The list of capabilities in a server's line: `* CAPABILITY …`, or `[CAPABILITY …]` in a status response.
enum ImapCapabilities {
  /// The response code with its brackets, in a greeting or a status response (RFC 3501 section 7.1).
  static func code(in line: [UInt8]) -> Range<Int>? {
    guard let begin = statusEnd(line), MailText.begins(Array(line[begin...]), with: "[CAPABILITY "),
      let end = line[begin...].firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    return begin..<end + 1
  }

  /// The line with STARTTLS in its list, or without it. A line without a list stays as it is.
  static func line(_ line: [UInt8], offeringTLS: Bool) -> [UInt8] {
    guard let list = list(in: line) else { return line }
    let names = line[list].split(separator: 0x20).filter { !isStartTLS($0) }
    let changed = names + (offeringTLS ? [ArraySlice("STARTTLS".utf8)] : [])
    return line[..<list.lowerBound] + changed.flatMap { [0x20] + $0 } + line[list.upperBound...]
  }

  /// Is STARTTLS in the list of this line?
  static func offersTLS(_ line: [UInt8]) -> Bool {
    list(in: line).map { line[$0].split(separator: 0x20).contains(where: isStartTLS) } ?? false
  }

  /// The names, from the space before the first one on.
  private static func list(in line: [UInt8]) -> Range<Int>? {
    let answer = "* CAPABILITY"
    if MailText.begins(line, with: answer + " ") { return answer.utf8.count..<line.count }
    return code(in: line).map { $0.lowerBound + "[CAPABILITY".utf8.count..<$0.upperBound - 1 }
  }

  /// Where the text of a status response begins: behind `* OK ` or `TAG OK `.
  private static func statusEnd(_ line: [UInt8]) -> Int? {
    let words = line.split(separator: 0x20, maxSplits: 2)
    guard words.count == 3, ["OK", "PREAUTH"].contains(where: { MailText.isWord(words[1], $0) }) else {
      return nil
    }
    return words[2].startIndex
  }

  private static func isStartTLS(_ name: ArraySlice<UInt8>) -> Bool { MailText.isWord(name, "STARTTLS") }
}
