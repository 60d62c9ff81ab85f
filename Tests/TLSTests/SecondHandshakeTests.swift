import LabFacts
import LabTLS
import LabTesting
import Testing

/// A second handshake on a connection that has TLS already.
struct SecondHandshakeTests {
  @Test(arguments: HandshakeCell.both)
  func `a second ClientHello on the bare wire ends the connection`(_ version: TLSVersion) throws {
    let talk = try talk(version)
    let second = TLSEngine(end: EndID("cli", 2), context: talk.client.context)
    second.advance()
    talk.tamper = { _, record in
      record.bytes.withUnsafeBytes { second.receive($0) }
      return []
    }
    talk.deliver(second.takeOutbound().flatMap(\.bytes), to: .server)
    let failure = try #require(talk.failure(.server))
    #expect(failure.code == .doubleTls)
    #expect(failure.phase == .established)
    #expect(failure.evidence.reason == (version == .tls13 ? 443 : 267))
    talk.carryAll()
    second.advance()
    guard case .failed(let answer) = second.state else {
      Issue.record("the second handshake went on")
      return
    }
    #expect(answer.code == .doubleTls)
    #expect(answer.evidence.reason == (version == .tls13 ? 244 : 205))
  }

  @Test(arguments: HandshakeCell.both)
  func `a server that begins again finds no ClientHello`(_ version: TLSVersion) throws {
    let talk = try talk(version)
    let second = TLSEngine(end: EndID("srv", 2), context: talk.server.context)
    _ = Array("GET /".utf8).withUnsafeBytes { talk.client.write($0) }
    for record in talk.client.takeOutbound() { record.bytes.withUnsafeBytes { second.receive($0) } }
    second.advance()
    guard case .failed(let failure) = second.state else {
      Issue.record("the second handshake went on")
      return
    }
    #expect(failure.code == .doubleTls)
    #expect(failure.evidence.reason == 244)
  }

  @Test(arguments: HandshakeCell.both)
  func `a ClientHello inside TLS is data, and its echo no ServerHello`(_ version: TLSVersion) throws {
    let talk = try talk(version)
    let inner = TLSEngine(end: EndID("cli", 2), context: talk.client.context)
    inner.advance()
    let hello = inner.takeOutbound().flatMap(\.bytes)
    talk.write(hello, from: .client)
    talk.carryAll()
    let data = talk.read(at: .server)
    #expect(data == hello)
    talk.write(Array("Hey \u{16}".utf8), from: .server)
    talk.carryAll()
    talk.read(at: .client).withUnsafeBytes { inner.receive($0) }
    inner.advance()
    guard case .failed(let failure) = inner.state else {
      Issue.record("the inner handshake went on")
      return
    }
    #expect(failure.code == .tlsToPlainPort)
    #expect(failure.evidence.reason == 267)
    #expect(talk.client.isEstablished && talk.server.isEstablished)
  }

  private func talk(_ version: TLSVersion) throws -> TLSConversation {
    let talk = try TLSConversation(
      client: Setups.client { $0.maxVersion = version }, server: Setups.server())
    talk.carryAll()
    return talk
  }
}
