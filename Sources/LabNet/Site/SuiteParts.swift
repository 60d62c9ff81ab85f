/// A cipher suite's name taken apart: what each piece does, in one line.
struct SuitePart: Equatable, Sendable {
  let text: String
  let meaning: String

  /// The parts of an IANA suite name, in its order; one unexplained part where it is not of that form.
  static func parts(of suite: String) -> [SuitePart] {
    guard suite.hasPrefix("TLS_") else { return [SuitePart(text: suite, meaning: "not a name we know")] }
    var words = suite.dropFirst("TLS_".count).split(separator: "_").map(String.init)
    let keys = takeKeyExchange(&words)
    let hash = hashes.contains(words.last ?? "") ? words.popLast() : nil
    let cipher = words.joined(separator: "_")
    return keys + [SuitePart(text: cipher, meaning: meaning(ofCipher: words))]
      + (hash.map { [SuitePart(text: $0, meaning: meaning(ofHash: $0, cipher: words))] } ?? [])
  }

  /// Up to TLS 1.2 a suite also says how keys are agreed and who signs: everything before `WITH`.
  private static func takeKeyExchange(_ words: inout [String]) -> [SuitePart] {
    guard let with = words.firstIndex(of: "WITH") else { return [] }
    let names = Array(words[..<with])
    words.removeSubrange(...with)
    // RSA alone does both jobs.
    guard names != ["RSA"] else {
      return [SuitePart(text: "RSA", meaning: "the client sends the secret, locked with the server's key")]
    }
    return names.map { SuitePart(text: $0, meaning: exchanges[$0] ?? "part of the key exchange") }
  }

  private static func meaning(ofCipher words: [String]) -> String {
    let bits = words.first { Int($0) != nil }.map { ", key of \($0) bits" } ?? ""
    if words.contains("CHACHA20") { return "the cipher: scrambles each record and proves it was not changed" }
    if words.contains("GCM") || words.contains("CCM") {
      return "the cipher\(bits): scrambles each record and proves it was not changed"
    }
    return "the cipher\(bits): scrambles each record"
  }

  private static func meaning(ofHash hash: String, cipher: [String]) -> String {
    cipher.contains("CBC") || cipher.contains("RC4")
      ? "proves that a record was not changed" : "the hash that turns the shared secret into keys"
  }

  private static let hashes: Set = ["SHA", "SHA256", "SHA384", "MD5"]

  private static let exchanges: [String: String] = [
    "ECDHE": "both sides make a fresh secret together, on an elliptic curve",
    "DHE": "both sides make a fresh secret together",
    "ECDSA": "the server's certificate key signs: an elliptic-curve key",
    "RSA": "the server's certificate key signs: an RSA key",
    "PSK": "a secret both sides already had",
  ]
}
