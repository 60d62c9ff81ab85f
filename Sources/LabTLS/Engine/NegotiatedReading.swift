import COpenSSLSystem
import LabFacts

/// What both ends agreed on, as OpenSSL and the trace know it.
enum NegotiatedReading {
  static func read(_ ssl: OpaquePointer, _ trace: Trace) -> Negotiated {
    let cipher = SSL_get_current_cipher(ssl)
    return Negotiated(
      version: Int(SSL_version(ssl)), suite: TLSNames.suite(Int(SSL_CIPHER_get_protocol_id(cipher))),
      group: trace.group.map(TLSNames.group), alpn: alpn(ssl), serverName: trace.serverName,
      resumed: SSL_session_reused(ssl) == 1, bits: Int(SSL_CIPHER_get_bits(cipher, nil)))
  }

  private static func alpn(_ ssl: OpaquePointer) -> String? {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &name, &length)
    guard let name, length > 0 else { return nil }
    return Notation.escaped(UnsafeBufferPointer(start: name, count: Int(length)))
  }
}
