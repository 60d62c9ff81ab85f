package import LabFacts

/// What somebody has read somewhere about a failure, taken apart: numbers, their meaning, and the card.
package struct ErrorReading: Equatable, Sendable {
  /// Sentences: number by number, what it is.
  package let sentences: [String]
  /// A failure as far as the text tells it, for filling its card.
  package let failure: Failure

  init(
    _ sentences: [String], _ code: FailureCode, layer: Failure.Layer,
    _ change: (inout Evidence) -> Void = { _ in }
  ) {
    var evidence = Evidence()
    change(&evidence)
    self.sentences = sentences
    failure = Failure(
      layer: layer, code: code, phase: layer == .socket ? .connect : .handshake, decidedBy: .here,
      evidence: evidence)
  }
}

/// Reads error codes, names and whole lines of many programs. Numbers count more than words.
package enum ErrorReader {
  /// What the text says; nothing where it is about nothing known.
  package static func read(_ text: String, _ catalog: Catalog) -> ErrorReading? {
    recognised(text) ?? byCard(beginning(text), catalog)
  }

  /// The same without the words of cards: what is a number, a name or a library's own text.
  package static func recognised(_ text: String) -> ErrorReading? {
    let text = beginning(text)
    return tagged(text) ?? named(text) ?? insideLine(text) ?? inWords(text)
  }

  /// No message is longer than what is looked at.
  private static func beginning(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).prefix(2000))
  }

  /// Up to three things that the text may have meant, as arguments for another try.
  package static func nearest(to text: String, _ catalog: Catalog) -> [String] {
    let word = text.lowercased()
    if Int(text) != nil { return ["x509:\(text)", "alert:\(text)", "errno:\(text)"] }
    let titles = catalog.cards.values.filter { shares(words(of: $0.title), words(of: text)) }
      .sorted { $0.code.rawValue < $1.code.rawValue }
    let names =
      FailureCode.allCases.map(\.rawValue) + VerifyErrors.numbers.compactMap(VerifyErrors.name)
      + (0...255).map(TLSNames.alert) + ErrnoNames.names
    let near =
      Spelling.nearest(to: word, among: names) ?? Spelling.nearest(to: text.uppercased(), among: names)
    var found = near.map { [$0] } ?? []
    for code in titles.map(\.code.rawValue) where !found.contains(code) { found.append(code) }
    return Array(found.prefix(3))
  }

  // MARK: Numbers with a word before them

  private static func tagged(_ text: String) -> ErrorReading? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let value = String(text[text.index(after: colon)...].drop(while: \.isWhitespace))
    switch text[..<colon].lowercased() {
    case "x509", "verify": return VerifyErrors.number(of: value).map(verify)
    case "alert": return (Int(value) ?? TLSNumbers.alert(value)).flatMap(alert)
    case "errno": return (Int(value) ?? ErrnoNames.number(value)).flatMap(errno)
    case "openssl", "ssl": return hex(value).map(openssl)
    default: return nil
    }
  }

  private static func named(_ text: String) -> ErrorReading? {
    let word = text.trimmed
    guard !word.contains(where: \.isWhitespace) else { return nil }
    if let number = ErrnoNames.number(word), word.hasPrefix("E") { return errno(number) }
    if let code = FailureCode(rawValue: word.lowercased()) { return ErrorReading([], code, layer: .tls) }
    if let number = TLSNumbers.alert(word) { return alert(number) }
    if Int(word) == nil, let number = VerifyErrors.number(of: word) { return verify(number) }
    return word.count == 8 ? hex(word).map(openssl) : nil
  }

  // MARK: Numbers within a line

  private static func insideLine(_ text: String) -> ErrorReading? {
    let digits = text.firstMatch(of: /(?i)\berror:([0-9a-f]{8}):/)?.1
    if let verifyNumber = text.firstMatch(of: /(?i)verify (?:error|return code)[:=]?\s*(?:num=)?(\d+)/),
      let number = Int(verifyNumber.1), VerifyErrors.numbers.contains(number)
    {
      return verify(number)
    }
    if let digits { return hex(String(digits)).map(openssl) }
    if let match = text.firstMatch(of: /(?i)\balert (?:number )?(\d+)\b/), let number = Int(match.1),
      let reading = alert(number)
    {
      return reading
    }
    if let match = text.firstMatch(of: /(?i)errno[ :=]+(\d+)/), let number = Int(match.1),
      let reading = errno(number)
    {
      return reading
    }
    if let match = text.firstMatch(of: /\b(E[A-Z0-9]{3,})\b/), let number = ErrnoNames.number(String(match.1))
    {
      return errno(number)
    }
    return nil
  }

  /// What it was about is told behind what it was: a verdict counts more than the line's other words.
  private static func inWords(_ text: String) -> ErrorReading? {
    ErrorTexts.verify(in: text).map(verify) ?? ErrorTexts.errno(in: text).flatMap(errno)
  }

  /// A card whose key, title or words of other programs hold the text.
  private static func byCard(_ text: String, _ catalog: Catalog) -> ErrorReading? {
    let wanted = text.trimmed.lowercased()
    guard wanted.count >= 4 else { return nil }
    let cards = catalog.cards.values.sorted { $0.code.rawValue < $1.code.rawValue }
    if let card = cards.first(where: { $0.title.lowercased() == wanted }) {
      return ErrorReading([], card.code, layer: .tls)
    }
    for card in cards {
      guard let other = card.elsewhere.first(where: { $0.says.lowercased().contains(wanted) }) else {
        continue
      }
      return ErrorReading(["\(other.program) says it: \(other.says)"], card.code, layer: .tls)
    }
    return nil
  }

  // MARK: Sentences

  private static func verify(_ number: Int) -> ErrorReading {
    let name = VerifyErrors.constant(number) ?? "unknown"
    return ErrorReading(
      ["x509:\(number) is \(name): OpenSSL's verdict on a certificate."], DiagnosisTable.verify(number),
      layer: .tls
    ) { $0.verify = number }
  }

  private static func alert(_ number: Int) -> ErrorReading? {
    guard (0...255).contains(number) else { return nil }
    let code = 0x0A00_0000 + 1000 + number
    return ErrorReading(
      [
        "alert:\(number) is \(TLSNames.alert(number)): one end's last word to the other (RFC 8446 section 6).",
        "Where OpenSSL received it, the code is \(Notation.hex(code, digits: 8).uppercased()): library 20, reason 1000 + \(number).",
      ], DiagnosisTable.alert(number), layer: .tls
    ) { $0.alert = Alert(level: number == 0 ? .warning : .fatal, number: number) }
  }

  private static func errno(_ number: Int) -> ErrorReading? {
    guard let name = ErrnoNames.name(number), let meaning = ErrnoNames.meaning(number) else { return nil }
    return ErrorReading(
      ["errno:\(number) is \(name): \(meaning)."], DiagnosisTable.errno(number), layer: .socket
    ) { $0.errno = number }
  }

  private static func hex(_ text: String) -> OpenSSLCode? {
    guard text.count == 8 else { return nil }
    return UInt32(text, radix: 16).map(OpenSSLCode.init)
  }

  private static func openssl(_ code: OpenSSLCode) -> ErrorReading {
    if code.isSystem, let reading = errno(code.reason) {
      return ErrorReading(
        ["\(code.text) is an OpenSSL 3 code that carries an errno."] + reading.sentences,
        reading.failure.code, layer: .socket
      ) { $0.errno = code.reason }
    }
    let diagnosis =
      code.alert.map(DiagnosisTable.alert)
      ?? (code.library == OpenSSLCode.ssl
        ? DiagnosisTable.reason(code.reason) : DiagnosisTable.reason(code.reason, library: code.library))
    let more =
      code.library == OpenSSLCode.ssl && code.reason == certificateVerifyFailed
      ? ["Why it failed is another number beside it, an X509 code: verify error:num=20, for example."] : []
    return ErrorReading(code.sentences + more, diagnosis, layer: .tls) { evidence in
      evidence.library = code.library
      evidence.reason = code.reason
      if let alert = code.alert {
        evidence.alert = Alert(level: .fatal, number: alert)
        evidence.alertDirection = .received
      }
    }
  }

  private static let certificateVerifyFailed = 134

  private static func words(of text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 3 })
  }

  private static func shares(_ title: Set<String>, _ wanted: Set<String>) -> Bool {
    !wanted.isEmpty && title.intersection(wanted).count * 2 >= wanted.count
  }
}

/// Numbers by their names.
private enum TLSNumbers {
  /// `unknown_ca`, in any case and with any dashes.
  static func alert(_ name: String) -> Int? {
    let wanted = name.lowercased().map { $0 == "-" || $0 == " " ? "_" : String($0) }.joined()
    return (0...255).first { TLSNames.alert($0) == wanted }
  }
}

extension OpenSSLCode {
  var text: String { Notation.hex(Int(code), digits: 8).uppercased() }

  /// What each part of the code is.
  var sentences: [String] {
    let reason = "reason \(reason) (\(reasonName ?? "no name known here"))"
    let place = "library \(library) (\(libraryName))"
    guard generation == .one else {
      return ["\(text) is an error code of OpenSSL 3: \(place), \(reason)."]
    }
    let function = "function \(function ?? 0)" + (functionName.map { " (\($0))" } ?? "")
    let modern = OpenSSLCode(modern)
    return [
      "\(text) is an error code of OpenSSL 1.0 or 1.1: \(place), \(function), \(reason).",
      "OpenSSL 3 packs its codes in another way and says \(modern.text) for it"
        + (modern.reasonName.map { ": \($0)." } ?? "."),
    ]
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
