import LabFacts

/// What a request line asks of a proxy that does CONNECT and nothing else.
enum ConnectRequest: Equatable {
  case tunnel(Endpoint)
  case refused(HTTPAnswer, FailureCode)

  init(startLine: String) {
    let words = startLine.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 3, words[2].hasPrefix("HTTP/") else {
      self = .refused(ConnectRefusal.malformed, .httpMalformed)
      return
    }
    guard words[2] == "HTTP/1.0" || words[2] == "HTTP/1.1" else {
      self = .refused(ConnectRefusal.version, .httpVersionMixup)
      return
    }
    // Methods are case-sensitive (RFC 9110 section 9.1).
    guard words[0] == "CONNECT" else {
      self = .refused(ConnectRefusal.method(words[0], target: words[1]), .proxyDenied)
      return
    }
    guard let target = TunnelTarget.parse(words[1]) else {
      self = .refused(ConnectRefusal.target, .badAddress)
      return
    }
    self = .tunnel(target)
  }
}

/// The refusals of the lab's HTTP proxy, each with its reason in words.
enum ConnectRefusal {
  static let malformed = HTTPAnswer(
    status: 400, sentence: "This proxy expects a line such as \"CONNECT example.test:443 HTTP/1.1\".")
  static let cut = HTTPAnswer(
    status: 400, sentence: "The request ended before its head did: an empty line ends the head.")
  static let tooLong = HTTPAnswer(
    status: 431, sentence: "The head of this request is longer than \(HTTPHeadReader.limit) bytes.")
  static let version = HTTPAnswer(
    status: 505, sentence: "This proxy speaks HTTP/1.1: ask it with HTTP/1.1.")
  static let target = HTTPAnswer(
    status: 400,
    sentence: "CONNECT needs HOST:PORT, such as example.test:443 or [::1]:443, with a port from 1 to 65535.")
  /// A kind of login that no client of the lab can do.
  static let noMethod = HTTPAnswer(
    status: 407, headers: ["Proxy-Authenticate: Netlab-None"],
    sentence: "This proxy was told to accept no kind of login.")

  static func login(given: Bool) -> HTTPAnswer {
    HTTPAnswer(
      status: 407, headers: ["Proxy-Authenticate: Basic realm=\"netlab\""],
      sentence: given
        ? "The user name or the password is wrong. The target was not contacted."
        : "This proxy wants a user name and a password. The target was not contacted.")
  }

  static func method(_ method: String, target: String) -> HTTPAnswer {
    let isAbsolute = target.contains("://")
    return HTTPAnswer(
      status: isAbsolute ? 501 : 405, headers: ["Allow: CONNECT"],
      sentence: isAbsolute
        ? "This proxy opens tunnels and fetches no pages: use CONNECT, as for https:// addresses."
        : "This is a proxy that does CONNECT only, and no web server: \(Notation.escaped(method)) is not served."
    )
  }

  /// The refusal a lesson or a person ordered. A code that would mean success becomes 403.
  static func ordered(_ code: Int, target: Endpoint) -> HTTPAnswer {
    let status = (300...599).contains(code) ? code : 403
    return HTTPAnswer(
      status: status, headers: status == 407 ? login(given: false).headers : [],
      sentence: "This proxy was told to refuse every tunnel, the one to \(target) too.")
  }
}
