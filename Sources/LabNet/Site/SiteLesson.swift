/// A lesson that a page points at. Pages can't open a terminal, so they name the command.
package enum SiteLesson: String, Sendable, CaseIterable {
  case portHopping = "sp2-port-hopping"
  case sameWords = "tb1-two-pipes"
  case ladder = "tb2-ladder"
  case plainToTLS = "wb1-http-to-tls"
  case whoseSignature = "ct1-whose-signature"
  case wrongName = "ct2-wrong-name"
  case smallestServer = "bh2-you-fetched"

  /// The lesson's stable identifier in the catalog.
  package var id: String { rawValue }

  var about: String {
    switch self {
    case .portHopping: "why your port is another one each time"
    case .sameWords: "the same words with and without TLS, byte by byte"
    case .ladder: "every handshake message, one at a time"
    case .plainToTLS: "http:// to a TLS port, and what each side says"
    case .whoseSignature: "who signed the certificate, and who believes it"
    case .wrongName: "a perfect signature for another name"
    case .smallestServer: "the smallest correct HTTPS server"
    }
  }

  /// One line at the foot of a section.
  var pointer: HTML {
    "<p class=\"lesson\">Lesson: <code>netlab run \(id)</code> <span>\(about)</span></p>"
  }
}
