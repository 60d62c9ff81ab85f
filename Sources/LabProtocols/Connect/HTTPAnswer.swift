import LabFacts

/// A short HTTP answer in plain text that ends the connection.
struct HTTPAnswer: Equatable, Sendable {
  var status: Int
  /// Header lines besides those every answer has.
  var headers: [String] = []
  /// One sentence of our own, or a few.
  var sentence: String

  var bytes: [UInt8] {
    let body = Array("\(sentence)\n".utf8)
    let lines =
      [statusLine] + headers
      + ["Content-Type: text/plain; charset=utf-8", "Content-Length: \(body.count)", "Connection: close"]
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  var statusLine: String { "HTTP/1.1 \(HTTPStatus.line(status))" }
}

/// What the numbers of HTTP answers mean to somebody who asked for a tunnel.
enum HTTPStatus {
  /// `502 Bad Gateway`
  static func line(_ status: Int) -> String { "\(status) \(phrases[status] ?? "Refused")" }

  /// The diagnosis of an answer that is not 2xx.
  static func failureCode(_ status: Int) -> FailureCode {
    switch status {
    case 407: .proxyAuth
    case 502, 503, 504: .proxyUpstreamFailed
    default: .proxyDenied  // an open set of numbers: whatever it is, there is no tunnel
    }
  }

  private static let phrases = [
    200: "OK", 301: "Moved Permanently", 302: "Found", 400: "Bad Request", 401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 407: "Proxy Authentication Required", 408: "Request Timeout",
    421: "Misdirected Request", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout", 505: "HTTP Version Not Supported",
  ]
}
