import LabFacts
import LabProtocols
import Testing

/// The client against the server, without sockets.
struct ConnectPairTests {
  private static let target = Endpoint("example.test", 443)
  private static let login = Credentials(user: "lab", password: "pass:word")

  @Test(arguments: [false, true])
  func `both agree on the way`(byteByByte: Bool) {
    let talk = Conversation(
      ConnectClient(target: Self.target, credentials: Self.login, agent: "lab"),
      ConnectServer(policy: ProxyPolicy(credentials: Self.login)), byteByByte: byteByByte)
    #expect(talk.client.steps == ["done"])
    #expect(talk.proxy.steps == ["connect example.test:443", "relay"])
    #expect(talk.client.failure == nil && talk.proxy.failure == nil)
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var policy = ProxyPolicy()
    var backend: Failure?
    let client: FailureCode
    let proxy: FailureCode?
    var status: Int?
  }

  @Test(
    arguments: [
      Case(
        testDescription: "no login", policy: ProxyPolicy(credentials: login), client: .proxyAuth,
        proxy: .proxyAuth, status: 407),
      Case(
        testDescription: "403", policy: ProxyPolicy(manners: .refuse(code: 403)), client: .proxyDenied,
        proxy: .proxyDenied, status: 403),
      Case(
        testDescription: "502", policy: ProxyPolicy(manners: .refuse(code: 502)),
        client: .proxyUpstreamFailed,
        proxy: .proxyUpstreamFailed, status: 502),
      Case(
        testDescription: "garbage", policy: ProxyPolicy(manners: .garbage), client: .httpMalformed, proxy: nil
      ),
      Case(
        testDescription: "hang up", policy: ProxyPolicy(manners: .hangUp), client: .emptyReply, proxy: nil),
      Case(
        testDescription: "refused behind the proxy", backend: .backend(.refused, errno: 111),
        client: .proxyUpstreamFailed, proxy: nil, status: 502),
      Case(
        testDescription: "silence behind the proxy", backend: .backend(.timeout),
        client: .proxyUpstreamFailed,
        proxy: nil, status: 504),
    ], [false, true])
  func `each refusal is seen at both ends`(c: Case, byteByByte: Bool) {
    let talk = Conversation(
      ConnectClient(target: Self.target), ConnectServer(policy: c.policy), backend: c.backend,
      byteByByte: byteByByte)
    #expect(talk.client.failure?.code == c.client)
    #expect(talk.client.failure?.evidence.httpStatus == c.status)
    #expect(talk.proxy.failure?.code == c.proxy)
    #expect(talk.proxy.steps.last?.hasPrefix("close client") == true)
    // The proxy's reason, word for word.
    if c.status != nil {
      #expect(talk.client.notes.last?.dropFirst(2).dropLast(2) == talk.proxy.notes.last?.dropFirst(2))
    }
  }
}
