import COpenSSLSystem
import LabFacts

/// Application protocols in the order one end wants them (RFC 7301).
struct ALPNList {
  let names: [[UInt8]]
  /// Each name after its length in one byte.
  let wire: [UInt8]

  init(_ names: [String]) throws(Failure) {
    self.names = names.map { Array($0.utf8) }
    for (name, bytes) in zip(names, self.names) where bytes.isEmpty || bytes.count > 255 {
      throw SetupFailure.make(
        .setupOther, subject: "alpn",
        said: ["a protocol name is 1 to 255 bytes long: '\(Notation.escaped(name))'"])
    }
    wire = self.names.flatMap { [UInt8($0.count)] + $0 }
  }

  var isEmpty: Bool { names.isEmpty }

  /// The first of ours that the other end offers: its place in `offered`.
  func choose(from offered: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let theirs = ALPNList.ranges(offered)
    for name in names {
      if let range = theirs.first(where: { offered[$0].elementsEqual(name) }) { return range }
    }
    return nil
  }

  /// Called by OpenSSL at a server, with the `TLSContext` as its argument.
  static let select: SSL_CTX_alpn_select_cb_func = { _, out, outLength, offered, count, argument in
    guard let argument, let offered else { return SSL_TLSEXT_ERR_NOACK }
    let context = Unmanaged<TLSContext>.fromOpaque(argument).takeUnretainedValue()
    let buffer = UnsafeBufferPointer(start: offered, count: Int(count))
    guard let range = context.alpn.choose(from: buffer) else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    out?.pointee = offered + range.lowerBound
    outLength?.pointee = UInt8(range.count)
    return SSL_TLSEXT_ERR_OK
  }

  private static func ranges(_ list: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = 0
    while position < list.count {
      let stop = position + 1 + Int(list[position])
      guard stop <= list.count else { return found }
      found.append(position + 1..<stop)
      position = stop
    }
    return found
  }
}
