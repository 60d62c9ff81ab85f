import COpenSSL
import COpenSSLSystem
import LabFacts

/// Makes a key and a certificate from a declaration, with libcrypto alone.
struct IdentityMaker {
  let declaration: IdentityDeclaration
  /// Absent: self-signed.
  let issuer: (declaration: IdentityDeclaration, certificate: Certificate, key: PrivateKey)?
  /// Seconds since 1970 UTC.
  let now: Int64

  func make() throws(Failure) -> IdentityMaterial {
    ErrorQueue.clear()
    let key = try makeKey()
    guard let pointer = X509_new() else { throw failure() }
    let certificate = Certificate(owning: pointer)
    try check(X509_set_version(pointer, 2))
    try setSerial(pointer)
    try setNames(pointer)
    try setDates(pointer)
    try check(X509_set_pubkey(pointer, key.pointer))
    for (identifier, value) in CertificateExtensions.list(declaration, issuerUse: issuer?.declaration.use) {
      try add(identifier, value, to: pointer)
    }
    let signer = issuer?.key ?? key
    let digest = EVP_PKEY_get_base_id(signer.pointer) == EVP_PKEY_ED25519 ? nil : EVP_sha256()
    try check(X509_sign(pointer, signer.pointer, digest))
    return try encode(certificate, key)
  }

  private func makeKey() throws(Failure) -> PrivateKey {
    let made =
      switch declaration.key {
      case .p256: netlab_EVP_EC_gen("P-256")
      case .rsa2048: netlab_EVP_RSA_gen(2048)
      case .rsa1024: netlab_EVP_RSA_gen(1024)
      case .ed25519: netlab_EVP_ED25519_gen()
      }
    guard let made else { throw failure() }
    return PrivateKey(owning: made)
  }

  /// 16 random bytes, positive and not zero (RFC 5280 section 4.1.2.2).
  private func setSerial(_ certificate: OpaquePointer) throws(Failure) {
    var bytes = [UInt8](repeating: 0, count: 16)
    try check(RAND_bytes(&bytes, 16))
    bytes[0] = bytes[0] & 0x3f | 0x40
    guard let number = BN_bin2bn(bytes, 16, nil) else { throw failure() }
    defer { BN_free(number) }
    guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil else { throw failure() }
  }

  private func setNames(_ certificate: OpaquePointer) throws(Failure) {
    let subject = X509_get_subject_name(certificate)
    for (type, value) in [("O", "netlab"), ("CN", declaration.commonName)] {
      let bytes = Array(value.utf8)
      try check(
        X509_NAME_add_entry_by_txt(subject, type, MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0))
    }
    let signer = issuer.map { X509_get_subject_name($0.certificate.pointer) } ?? subject
    try check(X509_set_issuer_name(certificate, signer))
  }

  private func setDates(_ certificate: OpaquePointer) throws(Failure) {
    let first = now + Int64(declaration.validFromDays) * secondsPerDay
    let last = now + Int64(declaration.validToDays) * secondsPerDay
    guard ASN1_TIME_set(X509_getm_notBefore(certificate), Int(first)) != nil,
      ASN1_TIME_set(X509_getm_notAfter(certificate), Int(last)) != nil
    else { throw failure() }
  }

  private func add(_ identifier: Int32, _ value: String, to certificate: OpaquePointer) throws(Failure) {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, issuer?.certificate.pointer ?? certificate, certificate, nil, nil, 0)
    guard let made = X509V3_EXT_conf_nid(nil, &context, identifier, value) else { throw failure() }
    defer { X509_EXTENSION_free(made) }
    try check(X509_add_ext(certificate, made, -1))
  }

  private func encode(_ certificate: Certificate, _ key: PrivateKey) throws(Failure) -> IdentityMaterial {
    let text = X509Reading.bytes { PEM_write_bio_X509($0, certificate.pointer) }
    let secret = X509Reading.bytes { PEM_write_bio_PrivateKey($0, key.pointer, nil, nil, 0, nil, nil) }
    guard let material = IdentityMaterial(certificate: text, key: secret) else { throw failure() }
    return material
  }

  private func check(_ result: Int32) throws(Failure) {
    guard result > 0 else { throw failure() }
  }

  private func failure() -> Failure {
    SetupFailure.make(
      .setupOther, subject: declaration.name, errors: ErrorQueue.drain(),
      said: ["the identity '\(declaration.name)' could not be made"])
  }
}
