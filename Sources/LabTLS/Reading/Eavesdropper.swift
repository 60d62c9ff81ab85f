import COpenSSL
import COpenSSLSystem
package import LabFacts

/// Reads a recorded connection with nothing but the server's private key. An RSA key exchange of TLS 1.2 allows
/// it; where both ends made keys for this one handshake, nothing does.
package enum Eavesdropper {
  /// The two suites with an RSA key exchange and AES-GCM (RFC 5288 section 3).
  private struct Suite {
    let hash: String
    let keyLength: Int

    init?(_ number: Int) {
      switch number {
      case 0x009c: (hash, keyLength) = ("SHA256", 16)
      case 0x009d: (hash, keyLength) = ("SHA384", 32)
      default: return nil  // any other suite there is
      }
    }
  }

  /// Suites of TLS 1.2 and below whose secret is encrypted for the server's key.
  private static let rsaSuites: Set<Int> = [
    0x0001, 0x0002, 0x0004, 0x0005, 0x000a, 0x002f, 0x0035, 0x003b, 0x003c, 0x003d, 0x0041, 0x0084, 0x0096,
    0x009c, 0x009d, 0x00ba, 0x00c0, 0xc050, 0xc051, 0xc09c, 0xc09d, 0xc0a0,
    0xc0a1,
  ]

  /// What `client` and `server` sent on the wire, from their first bytes on; `key` in PEM. Where the client's is
  /// cut, so is what it said: its total is then no less than what was said.
  package static func read(client: Bytes, server: Bytes, key: [UInt8]) -> KeyReading {
    guard let handshake = RecordedHandshake(client: client.kept, server: server.kept) else {
      return .closed(.incomplete)
    }
    guard !handshake.isTLS13, rsaSuites.contains(handshake.suite) else { return .closed(.freshKeys) }
    guard let suite = Suite(handshake.suite) else { return .closed(.cipher) }
    guard !handshake.sealed.isEmpty else { return .closed(.incomplete) }
    guard let encrypted = handshake.encryptedSecret else { return .closed(.resumed) }
    guard let secretKey = try? PEMReading.key(key, name: "", passphrase: nil),
      EVP_PKEY_get_base_id(secretKey.pointer) == EVP_PKEY_RSA
    else { return .closed(.noKey) }
    guard let secret = KeyMath.decrypt(encrypted, with: secretKey.pointer), secret.count == 48,
      let keys = clientKeys(handshake, suite, secret), let said = open(handshake.sealed, keys)
    else { return .closed(.otherKey) }
    return .read(Bytes(kept: said.kept, total: said.total + client.total - client.kept.count))
  }

  /// RFC 5246 sections 8.1 and 6.3, and RFC 7627 section 4.
  private static func clientKeys(
    _ handshake: RecordedHandshake, _ suite: Suite, _ secret: [UInt8]
  ) -> (key: [UInt8], salt: [UInt8])? {
    let (client, server) = (handshake.clientRandom, handshake.serverRandom)
    let master: [UInt8]?
    if handshake.extendsMasterSecret {
      master = KeyMath.hash(handshake.transcript, suite.hash).flatMap {
        KeyMath.expand(secret, "extended master secret", $0, suite.hash, 48)
      }
    } else {
      master = KeyMath.expand(secret, "master secret", client + server, suite.hash, 48)
    }
    let length = suite.keyLength
    guard let master,
      let block = KeyMath.expand(master, "key expansion", server + client, suite.hash, 2 * length + 8)
    else { return nil }
    return (Array(block.prefix(length)), Array(block[2 * length..<2 * length + 4]))
  }

  /// Application data among the records, in order, up to one that does not open. Nil where not even the first
  /// does: that is Finished, and it opens with the right key.
  private static func open(_ records: [RecordedHandshake.Sealed], _ keys: (key: [UInt8], salt: [UInt8]))
    -> Bytes?
  {
    var said: [UInt8] = []
    var total = 0
    var isWhole = true
    for (number, record) in records.enumerated() {
      let clear = isWhole ? open(record, number, keys) : nil
      isWhole = clear != nil
      guard isWhole || number > 0 else { return nil }
      guard record.type == 23 else { continue }
      said += clear ?? []
      total += max(0, record.fragment.count - overhead)
    }
    return Bytes(kept: said, total: total)
  }

  private static func open(
    _ record: RecordedHandshake.Sealed, _ number: Int, _ keys: (key: [UInt8], salt: [UInt8])
  ) -> [UInt8]? {
    let length = record.fragment.count - overhead
    guard length >= 0 else { return nil }
    let sequence = (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    let header = sequence + [record.type] + record.version + [UInt8(length >> 8), UInt8(length & 0xff)]
    return KeyMath.openGCM(
      Array(record.fragment[8..<8 + length]), tag: Array(record.fragment.suffix(16)), key: keys.key,
      nonce: keys.salt + record.fragment.prefix(8), header: header)
  }

  /// RFC 5288 section 3: eight bytes of nonce in clear, and a tag of sixteen behind.
  private static let overhead = 24
}
