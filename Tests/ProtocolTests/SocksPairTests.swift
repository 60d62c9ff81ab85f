import LabFacts
import LabProtocols
import Testing

/// The client against the server, without sockets.
struct SocksPairTests {
  private static let login = Credentials(user: "lab", password: "secret")
  private static let languages: [ProxyOrder.Language] = [.socks4, .socks4a, .socks5, .socks5h]

  private static func client(
    _ language: ProxyOrder.Language, credentials: Credentials? = nil
  ) throws -> SocksClient {
    let resolved = language == .socks4 || language == .socks5
    let target = Endpoint(resolved ? "127.0.0.1" : "example.test", 443)
    return try #require(SocksClient(language, target: target, credentials: credentials))
  }

  @Test(arguments: languages, [false, true])
  func `both agree on the way`(language: ProxyOrder.Language, byteByByte: Bool) throws {
    let talk = Conversation(try Self.client(language), SocksServer(), byteByByte: byteByByte)
    #expect(talk.client.steps == ["done"])
    #expect(talk.proxy.steps.last == "relay")
    #expect(talk.client.failure == nil && talk.proxy.failure == nil)
  }

  @Test(arguments: [ProxyOrder.Language.socks5, .socks5h], [false, true])
  func `a login is checked`(language: ProxyOrder.Language, right: Bool) throws {
    let given = right ? Self.login : Credentials(user: "lab", password: "wrong")
    let talk = Conversation(
      try Self.client(language, credentials: given), SocksServer(policy: ProxyPolicy(credentials: Self.login))
    )
    #expect(talk.client.failure?.code == (right ? nil : .socksAuth))
    #expect(talk.proxy.failure?.code == (right ? nil : .socksAuth))
    #expect(talk.client.steps == (right ? ["done"] : []))
  }

  struct Case: CustomTestStringConvertible {
    let manners: ProxyPolicy.Manners
    let client: FailureCode
    let proxy: FailureCode?
    var testDescription: String { "\(manners)" }
  }

  @Test(arguments: [
    Case(manners: .refuse(code: 2), client: .socksNotAllowed, proxy: .socksNotAllowed),
    Case(manners: .refuse(code: 5), client: .socksTargetFailed, proxy: .socksTargetFailed),
    Case(manners: .noMethod, client: .socksAuth, proxy: .socksAuth),
    Case(manners: .garbage, client: .socksWrongProtocol, proxy: nil),
    Case(manners: .hangUp, client: .socksWrongProtocol, proxy: nil),
  ])
  func `each refusal is seen at both ends`(c: Case) throws {
    let talk = Conversation(
      try Self.client(.socks5h), SocksServer(policy: ProxyPolicy(manners: c.manners)), byteByByte: true)
    #expect(talk.client.failure?.code == c.client)
    #expect(talk.proxy.failure?.code == c.proxy)
    #expect(talk.proxy.steps.last == (c.manners == .hangUp ? "close client fin" : "close client clean"))
  }

  @Test(arguments: languages)
  func `a failure behind the proxy reaches the client`(language: ProxyOrder.Language) throws {
    let talk = Conversation(
      try Self.client(language), SocksServer(), backend: .backend(.refused, errno: 111))
    let isFour = language == .socks4 || language == .socks4a
    #expect(talk.client.failure?.code == (isFour ? .socksNotAllowed : .socksTargetFailed))
    #expect(talk.client.failure?.evidence.socksReply == (isFour ? 0x5b : 5))
  }

  @Test func `a SOCKS client at an HTTP proxy learns it from the first byte`() throws {
    let talk = Conversation(try Self.client(.socks5h), ConnectServer())
    #expect(talk.client.failure?.code == .socksWrongProtocol)
    #expect(talk.client.failure?.evidence.firstReceived.first == UInt8(ascii: "H"))
    #expect(talk.proxy.failure?.code == .httpMalformed)
  }

  @Test func `an HTTP client at a SOCKS proxy is told so`() {
    let talk = Conversation(ConnectClient(target: Endpoint("example.test", 443)), SocksServer())
    #expect(talk.client.failure?.code == .proxyDenied)
    #expect(talk.client.failure?.evidence.httpStatus == 400)
    #expect(talk.client.notes.last?.contains("This is a SOCKS proxy") == true)
    #expect(talk.proxy.failure?.code == .socksWrongProtocol)
  }
}
