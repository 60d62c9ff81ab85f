/// Both directions of a recorded connection of TLS 1.2, taken apart as far as no key is needed.
struct RecordedHandshake {
  /// A record that its sender encrypted.
  struct Sealed {
    let type: UInt8
    let version: [UInt8]
    let fragment: [UInt8]
  }

  private(set) var clientRandom: [UInt8] = []
  private(set) var serverRandom: [UInt8] = []
  private(set) var suite = 0
  /// The ServerHello's own word; 0x0304 is said in an extension (RFC 8446 section 4.2.1).
  private(set) var isTLS13 = false
  /// RFC 7627.
  private(set) var extendsMasterSecret = false
  /// The secret as the client encrypted it for the server's key (RFC 5246 section 7.4.7.1).
  private(set) var encryptedSecret: [UInt8]?
  /// All messages up to ClientKeyExchange, in the order both ends hashed them.
  private(set) var transcript: [UInt8] = []
  /// What the client sent after its ChangeCipherSpec.
  private(set) var sealed: [Sealed] = []

  /// Nil where the hellos are not there.
  init?(client: [UInt8], server: [UInt8]) {
    let (said, sealed) = RecordedHandshake.split(client)
    let (answered, _) = RecordedHandshake.split(server)
    let fromClient = RecordedHandshake.messages(said)
    let fromServer = RecordedHandshake.messages(answered)
    self.sealed = sealed
    guard let hello = fromClient.first, hello.first == 1, let answer = fromServer.first, answer.first == 2,
      hello.count >= 38, readServerHello(answer)
    else { return nil }
    clientRandom = Array(hello[6..<38])
    transcript = hello + RecordedHandshake.flight(fromServer).flatMap { $0 }
    for message in fromClient.dropFirst() {
      transcript += message
      guard message.first == 16 else { continue }
      var reader = ByteReader(message, 4..<message.count)
      encryptedSecret = reader.vector(2).map { Array(message[$0.rest]) }
      break
    }
  }

  private mutating func readServerHello(_ message: [UInt8]) -> Bool {
    var reader = ByteReader(message, 4..<message.count)
    guard reader.number(2) != nil, let random = reader.take(32), reader.vector(1) != nil,
      let suite = reader.number(2), reader.number(1) != nil
    else { return false }
    serverRandom = Array(message[random])
    self.suite = suite
    var extensions = reader.vector(2) ?? ByteReader([])
    while let type = extensions.number(2), let body = extensions.vector(2) {
      if type == 23 { extendsMasterSecret = true }
      if type == 43 { isTLS13 = message[body.rest].elementsEqual([3, 4]) }
    }
    return true
  }

  /// Handshake bytes in clear, and the records behind ChangeCipherSpec.
  private static func split(_ stream: [UInt8]) -> (clear: [UInt8], sealed: [Sealed]) {
    var (clear, sealed): ([UInt8], [Sealed]) = ([], [])
    var reader = ByteReader(stream)
    var hasChanged = false
    while let type = reader.number(1), let version = reader.take(2), let body = reader.vector(2) {
      let fragment = Array(stream[body.rest])
      switch type {
      case 20: hasChanged = true
      case 22 where !hasChanged: clear += fragment
      default:  // alerts and data, and all that is encrypted
        if hasChanged {
          sealed.append(Sealed(type: UInt8(type), version: Array(stream[version]), fragment: fragment))
        }
      }
    }
    return (clear, sealed)
  }

  /// The server's messages up to ServerHelloDone. A ticket comes behind and counts later.
  private static func flight(_ messages: [[UInt8]]) -> ArraySlice<[UInt8]> {
    messages.prefix { $0.first != 14 } + messages.filter { $0.first == 14 }.prefix(1)
  }

  /// Whole messages, each with its header of four bytes.
  private static func messages(_ bytes: [UInt8]) -> [[UInt8]] {
    var messages: [[UInt8]] = []
    var reader = ByteReader(bytes)
    while reader.remaining >= 4 {
      let start = reader.position
      guard reader.number(1) != nil, let body = reader.vector(3) else { break }
      messages.append(Array(bytes[start..<body.end]))
    }
    return messages
  }
}
