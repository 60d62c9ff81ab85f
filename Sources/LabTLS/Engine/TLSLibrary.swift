import COpenSSLSystem

/// The library under the lab.
package enum TLSLibrary {
  /// What the library that runs says of itself: `OpenSSL 3.0.22 …`. For display only.
  package static var version: String {
    OpenSSL_version(OPENSSL_VERSION).map { String(cString: $0) } ?? "OpenSSL"
  }
}
