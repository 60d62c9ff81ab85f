import LabFacts

/// Markup in which every interpolated text is escaped.
///
/// A literal is trusted; `\(text)` is not, and only `\(html)` goes in as it is. So a value a peer chose
/// can't become markup by forgetting a call.
struct HTML: ExpressibleByStringInterpolation, Equatable, Sendable {
  private(set) var source: String

  init(stringLiteral value: String) { source = value }
  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  var bytes: [UInt8] { Array(source.utf8) }

  static let empty: HTML = ""

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ text: String) { source += HTML.escaped(text) }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
    mutating func appendInterpolation(_ html: HTML) { source += html.source }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { source += part.source } }
  }

  /// Text for an element or a quoted attribute: no markup, no control or bidirectional character.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// The lab's notation, but a backslash stays one: the text may already be in that notation.
  private static func printable(_ text: String) -> String {
    let backslash = UInt8(ascii: "\\")
    return text.utf8.split(separator: backslash, omittingEmptySubsequences: false)
      .map { Notation.escaped($0) }.joined(separator: "\\")
  }
}
