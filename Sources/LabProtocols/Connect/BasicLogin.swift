import LabFacts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Name and password in an HTTP header: the Basic scheme (RFC 7617).
enum BasicLogin {
  /// `Basic …`; nothing where the name has a colon, which ends it.
  static func header(_ credentials: Credentials) -> String? {
    guard !credentials.user.contains(":") else { return nil }
    return "Basic " + Data("\(credentials.user):\(credentials.password)".utf8).base64EncodedString()
  }

  /// The name and password of a header's value.
  static func read(_ value: String) -> Credentials? {
    let words = value.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 2, words[0].lowercased() == "basic",
      let data = Data(base64Encoded: String(words[1])),
      let colon = data.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return Credentials(
      user: String(decoding: data[..<colon], as: UTF8.self),
      password: String(decoding: data[data.index(after: colon)...], as: UTF8.self))
  }
}
