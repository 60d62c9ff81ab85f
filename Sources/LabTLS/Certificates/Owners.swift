import COpenSSLSystem

/// Owns an X509 of OpenSSL. Reference counts of X509 are atomic; nothing here changes one after it is made.
final class Certificate {
  let pointer: OpaquePointer
  init(owning pointer: OpaquePointer) { self.pointer = pointer }
  deinit { X509_free(pointer) }
}

/// Owns an EVP_PKEY of OpenSSL.
final class PrivateKey {
  let pointer: OpaquePointer
  init(owning pointer: OpaquePointer) { self.pointer = pointer }
  deinit { EVP_PKEY_free(pointer) }
}

/// Owns an X509_CRL of OpenSSL: a list of revoked certificates.
final class RevocationList {
  let pointer: OpaquePointer
  init(owning pointer: OpaquePointer) { self.pointer = pointer }
  deinit { X509_CRL_free(pointer) }
}
