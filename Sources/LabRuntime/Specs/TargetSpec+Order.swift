package import LabFacts

extension TargetSpec {
  /// What a client is to do on its way to a target.
  package struct Wishes: Sendable {
    /// TLS from the start, or after STARTTLS; absent: clear text.
    package var tls: TLSOptions?
    package var starttls: MailProtocol?
    package var via: ProxyOrder?
    package var dialled: Endpoint?
    package var localPort: Int?
    package var secondHandshake: TLSPlace?
    package var timeoutMilliseconds = 10_000

    package init() {}
  }

  /// The order that fulfils the wishes, where they go together.
  package func order(_ wishes: Wishes) throws(UsageProblem) -> ConnectOrder {
    try check(wishes)
    return ConnectOrder(
      network: network, to: endpoint, dialled: wishes.dialled, via: wishes.via, starttls: wishes.starttls,
      localPort: wishes.localPort, transport: wishes.tls == nil ? .plain : .tls, tls: wishes.tls,
      connectDeadlineMilliseconds: wishes.timeoutMilliseconds,
      handshakeDeadlineMilliseconds: wishes.timeoutMilliseconds, secondHandshake: wishes.secondHandshake)
  }

  private func check(_ wishes: Wishes) throws(UsageProblem) {
    if wishes.secondHandshake != nil, wishes.tls == nil {
      throw UsageProblem("A second handshake needs a first one: add --tls or --starttls.")
    }
    guard network == .unix else { return }
    if wishes.via != nil {
      throw UsageProblem("A proxy can't reach a Unix socket of this machine: leave --via out.")
    }
    if wishes.dialled != nil || wishes.localPort != nil {
      throw UsageProblem("A Unix socket has no address and no port: leave --connect-to and --local-port out.")
    }
  }

  /// The names a client asks for and insists on. Each is what the person said, or the target's own.
  package struct Names: Equatable, Sendable {
    /// The name sent as SNI. Absent: none is sent.
    package let asked: String?
    /// Why none is sent, as a sentence.
    package let whyNotAsked: String?
    /// The name or address the certificate must carry. Absent: any is accepted.
    package let expected: String?
    package let whyNotExpected: String?
  }

  /// `sni` and `verifyName` are a person's words: a name, `none`, or nothing. The target counts, never a proxy
  /// and never the address that is dialled in its place.
  package func names(sni: String?, verifyName: String?) throws(UsageProblem) -> Names {
    if let sni, sni != "none", IPText.isAddress(sni) {
      throw UsageProblem(
        "\(Notation.escaped(sni)) is an address, and SNI carries names only (RFC 6066 section 3). --sni none sends none."
      )
    }
    let asked = sni == "none" ? nil : sni ?? (hasName ? endpoint.host : nil)
    let expected = verifyName == "none" ? nil : verifyName ?? certificateName
    return Names(
      asked: asked, whyNotAsked: asked == nil ? whyNoName(sni) : nil, expected: expected,
      whyNotExpected: expected == nil
        ? (verifyName == nil ? "a socket's path can't be in a certificate" : "--verify-name none was given")
        : nil)
  }

  private func whyNoName(_ sni: String?) -> String {
    if sni != nil { return "--sni none was given" }
    guard network == .tcp else { return "a socket's path is no name" }
    return "\(endpoint.host) is an address, and SNI carries names only (RFC 6066 section 3)"
  }
}
