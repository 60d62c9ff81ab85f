import COpenSSL
import COpenSSLSystem

/// The process-wide part of OpenSSL.
enum OpenSSLLibrary {
  /// Must run before any other call. Without the machine's openssl.cnf, so that the lab behaves the
  /// same everywhere; error strings are loaded for display.
  static let started: Bool = {
    let options = UInt64(
      OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_LOAD_SSL_STRINGS
        | OPENSSL_INIT_LOAD_CRYPTO_STRINGS)
    return OPENSSL_init_ssl(options, nil) == 1
  }()

  /// The slot in which an SSL keeps its trace.
  static let traceIndex: Int32 = netlab_SSL_get_ex_new_index()
}
