import COpenSSL
import COpenSSLSystem
import LabFacts

/// What both ends agreed on, as OpenSSL and the trace know it.
enum NegotiatedReading {
  static func read(_ ssl: OpaquePointer, _ trace: Trace) -> Negotiated {
    let cipher = SSL_get_current_cipher(ssl)
    return Negotiated(
      version: Int(SSL_version(ssl)), suite: TLSNames.suite(Int(SSL_CIPHER_get_protocol_id(cipher))),
      group: (trace.group ?? group(ssl, trace)).map(TLSNames.group), alpn: alpn(ssl),
      serverName: trace.serverName ?? serverName(ssl, trace),
      resumed: SSL_session_reused(ssl) == 1, bits: Int(SSL_CIPHER_get_bits(cipher, nil)))
  }

  /// Where no messages were read, OpenSSL knows the name too.
  private static func serverName(_ ssl: OpaquePointer, _ trace: Trace) -> String? {
    guard trace.level == .essential else { return nil }
    return SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { Notation.escaped(String(cString: $0)) }
  }

  /// The group's number in TLS. A session that is resumed below TLS 1.3 makes no new key exchange.
  private static func group(_ ssl: OpaquePointer, _ trace: Trace) -> Int? {
    guard trace.level == .essential else { return nil }
    if SSL_version(ssl) != TLS1_3_VERSION, SSL_session_reused(ssl) == 1 { return nil }
    switch netlab_SSL_get_negotiated_group(ssl) {
    case NID_X9_62_prime256v1: return 23
    case NID_secp384r1: return 24
    case NID_secp521r1: return 25
    case NID_X25519: return 29
    case NID_X448: return 30
    case NID_ffdhe2048: return 256
    case NID_ffdhe3072: return 257
    case NID_ffdhe4096: return 258
    case NID_ffdhe6144: return 259
    case NID_ffdhe8192: return 260
    default: return nil
    }
  }

  private static func alpn(_ ssl: OpaquePointer) -> String? {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &name, &length)
    guard let name, length > 0 else { return nil }
    return Notation.escaped(UnsafeBufferPointer(start: name, count: Int(length)))
  }
}
