import LabFacts

/// An address as people write it: `443`, `localhost:443`, `[::1]:443`, `*:7777`, `unix:/run/x.sock`.
package struct AddressSpec: Equatable, Sendable {
  /// Absent where only a port was given; `*` where all addresses are meant.
  package var host: String?
  /// Absent where no port was given.
  package var port: Int?
  /// The path of a Unix-domain socket.
  package var path: String?

  /// Reads one address. The reason for a refusal names the text.
  package static func parse(_ text: String) throws(UsageProblem) -> AddressSpec {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst("unix:".count))
      guard !path.isEmpty else {
        throw UsageProblem("unix: wants the path of a socket, such as unix:/tmp/lab.sock.")
      }
      return AddressSpec(path: path)
    }
    if text.hasPrefix("[") { return try bracketed(text) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1: return Int(text) == nil ? AddressSpec(host: try host(text)) : AddressSpec(port: try port(text))
    case 2:
      let name = parts[0].isEmpty ? nil : try host(parts[0])
      return AddressSpec(host: name, port: try port(parts[1]))
    default:
      throw UsageProblem(
        "\"\(Notation.escaped(text))\" has more than one colon. Write an IPv6 address in brackets: [::1]:443."
      )
    }
  }

  private static func bracketed(_ text: String) throws(UsageProblem) -> AddressSpec {
    guard let end = text.firstIndex(of: "]") else {
      throw UsageProblem("\"\(Notation.escaped(text))\" opens a bracket and does not close it.")
    }
    let host = String(text[text.index(after: text.startIndex)..<end])
    let rest = text[text.index(after: end)...]
    guard !rest.isEmpty else { return AddressSpec(host: host) }
    guard rest.hasPrefix(":") else {
      throw UsageProblem(
        "After the bracket of \"\(Notation.escaped(text))\" a colon and a port are expected.")
    }
    return AddressSpec(host: host, port: try port(String(rest.dropFirst())))
  }

  private static func host(_ text: String) throws(UsageProblem) -> String {
    let isSound =
      !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "/" && $0 != "," }
    guard isSound else { throw UsageProblem("\"\(Notation.escaped(text))\" is no address and no name.") }
    return text
  }

  private static func port(_ text: String) throws(UsageProblem) -> Int {
    guard let number = Int(text), (0...65535).contains(number) else {
      throw UsageProblem(
        "\"\(Notation.escaped(text))\" is no port. A port is a number from 0 to 65535; 0 lets the kernel choose."
      )
    }
    return number
  }
}
