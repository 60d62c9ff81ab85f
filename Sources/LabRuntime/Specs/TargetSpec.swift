package import LabFacts

/// Where a client is to go, as people write it: `example.test:443`, `[::1]:443`, `7777`, `unix:/run/x.sock`.
package struct TargetSpec: Equatable, Sendable {
  package let network: Network
  package let endpoint: Endpoint

  /// Reads a target. A number alone is a port of this machine.
  package static func parse(_ text: String) throws(UsageProblem) -> TargetSpec {
    try refuseURL(text)
    let address = try AddressSpec.parse(text)
    if let path = address.path { return TargetSpec(network: .unix, endpoint: .unix(path)) }
    guard let port = address.port else {
      throw UsageProblem("Which port? Write \(Notation.escaped(text)):443, for example.")
    }
    return TargetSpec(
      network: .tcp, endpoint: try endpoint(address.host ?? "localhost", port, of: text))
  }

  /// Reads an address to connect to in place of the target's: it needs a host and a port.
  package static func parseAddress(_ text: String) throws(UsageProblem) -> Endpoint {
    let address = try AddressSpec.parse(text)
    guard let host = address.host, let port = address.port else {
      throw UsageProblem("\"\(Notation.escaped(text))\" needs an address and a port, such as 127.0.0.1:8443.")
    }
    return try endpoint(host, port, of: text)
  }

  /// Whether the target is known by a name that a certificate can carry as a DNS name.
  package var hasName: Bool { network == .tcp && !IPText.isAddress(endpoint.host) }

  /// What a certificate must carry for it; a path can't be in one.
  package var certificateName: String? { network == .tcp ? endpoint.host : nil }

  private static func endpoint(_ host: String, _ port: Int, of text: String) throws(UsageProblem) -> Endpoint
  {
    guard host != "*" else {
      throw UsageProblem("\"*\" stands for all addresses to listen on. To connect, name one.")
    }
    guard port != 0 else {
      throw UsageProblem(
        "\"\(Notation.escaped(text))\": nobody can be reached at port 0. Name the port that is listened on.")
    }
    // A name with a dot at its end is the same name, but neither SNI nor certificates carry the dot.
    return Endpoint(host.hasSuffix(".") ? String(host.dropLast()) : host, port)
  }

  private static func refuseURL(_ text: String) throws(UsageProblem) {
    guard let mark = text.firstRange(of: "://") else { return }
    let isTLS = text[..<mark.lowerBound].lowercased().hasSuffix("s")
    let rest = text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" }
    let host = Notation.escaped(String(rest.drop { $0 == "@" }))
    let hasPort = rest.contains(":")
    throw UsageProblem(
      "That is a URL; a connection goes to a host and a port. Try: netlab connect \(isTLS ? "--tls " : "")"
        + "\(rest.contains("@") ? "HOST:PORT" : host + (hasPort ? "" : isTLS ? ":443" : ":80"))")
  }
}

/// Numeric addresses, told from names by their form alone.
enum IPText {
  /// A colon is in no name, and an IPv6 address may have a zone.
  static func isAddress(_ text: String) -> Bool { text.contains(":") || IPAddress(text) != nil }
}
