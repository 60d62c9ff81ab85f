import LabFacts
import LabTLS
import LabTesting
import Testing

/// What somebody reads who recorded a connection and has the server's private key.
struct EavesdropperTests {
  /// Two ends that talked, and what crossed the wire.
  private struct Recording {
    var client: [UInt8] = []
    var server: [UInt8] = []

    init(_ suites: String, version: TLSVersion = .tls12, identity: String = "server-rsa", said: [String])
      throws
    {
      let identity = try Setups.identity(identity)
      let talk = try TLSConversation(
        client: Setups.client {
          $0.maxVersion = version
          if version == .tls12 { $0.ciphers = suites }
        },
        server: Setups.server {
          $0.maxVersion = version
          $0.identity = identity
          if version == .tls12 { $0.ciphers = suites }
        })
      final class Tape { var (client, server): ([UInt8], [UInt8]) = ([], []) }
      let tape = Tape()
      talk.tamper = { side, record in
        if side == .client { tape.client += record.bytes } else { tape.server += record.bytes }
        return record.bytes
      }
      talk.carryAll()
      try #require(talk.client.isEstablished && talk.server.isEstablished)
      for words in said {
        talk.write(Array(words.utf8), from: .client)
        talk.write(Array("Hey!".utf8), from: .server)
        talk.carryAll()
      }
      talk.closeNotify(from: .client)
      talk.carryAll()
      (client, server) = (tape.client, tape.server)
    }

    func read(_ identity: String = "server-rsa") throws -> KeyReading {
      try TLSIdentities.store().reading(client: Bytes(client), server: Bytes(server), withKeyOf: identity)
    }
  }

  @Test(arguments: ["AES128-GCM-SHA256", "AES256-GCM-SHA384"])
  func `an RSA key exchange is opened by the server's key, later and from the recording alone`(
    suite: String
  ) throws {
    let recording = try Recording(suite, said: ["Herbert", " and ", "Sabine"])
    #expect(try recording.read() == .read(Bytes(text: "Herbert and Sabine")))
  }

  @Test func `fresh keys leave nothing to open`() throws {
    let suites = "ECDHE-RSA-AES256-GCM-SHA384"
    #expect(try Recording(suites, said: ["Herbert"]).read() == .closed(.freshKeys))
    #expect(try Recording("", version: .tls13, said: ["Herbert"]).read() == .closed(.freshKeys))
  }

  @Test func `another key opens nothing`() throws {
    let recording = try Recording("AES256-GCM-SHA384", said: ["Herbert"])
    #expect(try recording.read("server") == .closed(.noKey))
    #expect(try recording.read("nobody") == .closed(.noKey))
    #expect(try recording.read("weak-key") == .closed(.otherKey))
  }

  @Test(arguments: ["AES128-SHA256", "ARIA128-GCM-SHA256", "ARIA256-GCM-SHA384"])
  func `a suite this reader does not know is said to be one`(suite: String) throws {
    #expect(try Recording(suite, said: ["Herbert"]).read() == .closed(.cipher))
  }

  @Test func `a changed bit behind Finished does not make the key another's`() throws {
    var recording = try Recording("AES256-GCM-SHA384", said: ["Herbert", "Sabine"])
    let whole = recording.client
    // At the end: a record of 35 bytes with the name, and one of 31 with the alert.
    recording.client[whole.count - 31 - 1] ^= 1
    #expect(try recording.read() == .read(Bytes(kept: Array("Herbert".utf8), total: 13)))
    recording.client[whole.count - 31 - 35 - 1] ^= 1
    #expect(try recording.read() == .read(Bytes(kept: [], total: 13)))
    recording.client = whole
    recording.client[whole.count - 1] ^= 1
    #expect(try recording.read() == .read(Bytes(text: "HerbertSabine")))
  }

  @Test func `a recording that is cut is not taken for the whole`() throws {
    let recording = try Recording("AES256-GCM-SHA384", said: ["Herbert"])
    let reading = try TLSIdentities.store().reading(
      client: Bytes(kept: recording.client, total: recording.client.count + 100),
      server: Bytes(recording.server), withKeyOf: "server-rsa")
    #expect(reading.text == "Herbert…")
  }

  @Test func `what is cut, changed or no TLS at all never reads wrong words`() throws {
    var recording = try Recording("AES256-GCM-SHA384", said: ["Herbert"])
    let whole = recording
    let words = [[], Array("Herbert".utf8)]
    for count in stride(from: 0, to: whole.client.count, by: 3) {
      recording.client = Array(whole.client.prefix(count))
      if case .read(let said) = try recording.read() { #expect(words.contains(said.kept)) }
      recording.client = whole.client
      recording.client[count] ^= 1
      if case .read(let said) = try recording.read() { #expect(words.contains(said.kept)) }
    }
    recording.client = Array("GET / HTTP/1.1\r\n\r\n".utf8)
    #expect(try recording.read() == .closed(.incomplete))
  }
}
