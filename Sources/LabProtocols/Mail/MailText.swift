import LabFacts

/// Words on the lines of mail protocols, as bytes and as text.
enum MailText {
  /// A line as it goes onto the wire.
  static func wire(_ line: String) -> [UInt8] { Array(line.utf8) + [13, 10] }

  /// The same for a line of bytes.
  static func wire(_ line: [UInt8]) -> [UInt8] { line + [13, 10] }

  /// The words of a line, as they stand.
  static func words(_ line: [UInt8]) -> [String] {
    line.split(separator: space).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Does the line begin with these letters, of either case?
  static func begins(_ line: [UInt8], with word: String) -> Bool {
    upper(line.prefix(word.utf8.count)).elementsEqual(upper(Array(word.utf8)[...]))
  }

  /// Is this the word, in letters of either case?
  static func isWord(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    upper(bytes).elementsEqual(word.utf8)
  }

  /// A line that may be shown to people: escaped, not too long, and without secrets.
  static func shown(_ line: [UInt8]) -> String {
    let visible = masked(line)
    let text = Notation.escaped(visible.prefix(shownLength))
    return visible.count > shownLength ? text + "…" : text
  }

  /// A reason that fits on a line of the wire: printable ASCII only.
  static func plain(_ text: String) -> String {
    String(
      decoding: text.utf8.prefix(shownLength).map { (0x20...0x7e).contains($0) ? $0 : 0x3f }, as: UTF8.self)
  }

  /// What to tell people of bytes that nobody will obey.
  static func thrownAway(_ bytes: [UInt8]) -> String {
    "\(bytes.count) bytes from before TLS, thrown away"
  }

  /// `PASS`, `LOGIN` and their like are followed by secrets. The word may stand behind a tag.
  private static func masked(_ line: [UInt8]) -> [UInt8] {
    let words = line.split(maxSplits: 2) { $0 == space || $0 == tab }
    let place = words.prefix(2).firstIndex { secretive.contains(String(decoding: upper($0), as: UTF8.self)) }
    guard let place, words.count > place + 1 else { return line }
    return Array(words[...place].joined(separator: [space])) + Array(" ***".utf8)
  }

  private static func upper(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { (0x61...0x7a).contains($0) ? $0 - 0x20 : $0 }
  }

  private static let secretive: Set<String> = ["PASS", "LOGIN", "AUTH", "AUTHENTICATE", "APOP"]
  private static let shownLength = 200
  private static let space = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")
}
