/// Enough of HTTP to tell that somebody speaks it in clear.
enum HTTPWords {
  private static let methods = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "TRACE "]

  /// The Host header's value, where it lies whole within the bytes kept.
  static func hostHeader(_ first: [UInt8]) -> String? {
    let lines = String(decoding: first, as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    // The last line may be cut.
    return lines.dropLast().lazy.filter { $0.lowercased().hasPrefix("host:") }
      .map { String($0.dropFirst("host:".count).drop { $0 == " " }) }.first
  }

  /// Do the first bytes of a connection look like an HTTP/1 request?
  static func looksLikeRequest(_ first: [UInt8]) -> Bool {
    methods.contains { first.starts(with: Array($0.utf8)) }
  }
}
