/// What the lab is waited for, as a sentence.
enum WaitWords {
  /// `Waiting for page to run to its end`: the interpreter names whom first, then what is expected of it.
  static func said(_ what: String) -> String { mended("Waiting for \(what)") }

  /// The same for somebody who typed something meanwhile.
  static func still(_ what: String) -> String { "Still w\(said(what).dropFirst())." }

  /// The same for a prompt that the interpreter wrote.
  static func mended(_ text: String) -> String {
    guard text.hasPrefix("Waiting for "), let place = text.firstRange(of: ": it to ") else { return text }
    return text[..<place.lowerBound] + " to " + text[place.upperBound...]
  }
}
