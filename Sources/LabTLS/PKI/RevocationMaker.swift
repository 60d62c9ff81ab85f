import COpenSSL
import COpenSSLSystem
import LabFacts

/// Makes a list of revoked certificates (RFC 5280 section 5), signed by its CA.
struct RevocationMaker {
  let declaration: RevocationDeclaration
  let issuer: (certificate: Certificate, key: PrivateKey)
  let revoked: [Certificate]
  /// Lists whose entries stay as they are: since when something is revoked does not change by being said again.
  var older: [RevocationList] = []
  /// Seconds since 1970 UTC.
  let now: Int64

  /// The list in PEM.
  func make() throws(Failure) -> [UInt8] {
    ErrorQueue.clear()
    guard let pointer = X509_CRL_new() else { throw failure() }
    let list = RevocationList(owning: pointer)
    // 1 stands for version 2, the one with extensions.
    try check(X509_CRL_set_version(pointer, 1))
    try check(X509_CRL_set_issuer_name(pointer, X509_get_subject_name(issuer.certificate.pointer)))
    try setDates(pointer)
    for index in older.indices { try take(older[index], notIn: older[..<index], into: pointer) }
    for certificate in revoked where !holds(X509_get0_serialNumber(certificate.pointer), older[...]) {
      try add(certificate, to: pointer)
    }
    try check(X509_CRL_sort(pointer))
    try addExtension(NID_authority_key_identifier, "keyid", to: pointer)
    let digest = EVP_PKEY_get_base_id(issuer.key.pointer) == EVP_PKEY_ED25519 ? nil : EVP_sha256()
    try check(X509_CRL_sign(pointer, issuer.key.pointer, digest))
    let text = RevocationReading.pem(list)
    guard !text.isEmpty else { throw failure() }
    return text
  }

  private var first: Int64 { now + Int64(declaration.validFromDays) * secondsPerDay }

  private func setDates(_ list: OpaquePointer) throws(Failure) {
    try withTime(first) { X509_CRL_set1_lastUpdate(list, $0) }
    try withTime(now + Int64(declaration.validToDays) * secondsPerDay) {
      X509_CRL_set1_nextUpdate(list, $0)
    }
  }

  private func take(
    _ list: RevocationList, notIn others: ArraySlice<RevocationList>, into new: OpaquePointer
  ) throws(Failure) {
    let entries = X509_CRL_get_REVOKED(list.pointer)
    for index in 0..<max(0, entries.map { netlab_sk_X509_REVOKED_num($0) } ?? 0) {
      guard let entry = netlab_sk_X509_REVOKED_value(entries, index) else { throw failure() }
      guard !holds(X509_REVOKED_get0_serialNumber(entry), others) else { continue }
      guard let copy = X509_REVOKED_dup(entry) else { throw failure() }
      guard X509_CRL_add0_revoked(new, copy) > 0 else {
        X509_REVOKED_free(copy)
        throw failure()
      }
    }
  }

  private func holds(_ serial: UnsafePointer<ASN1_INTEGER>?, _ lists: ArraySlice<RevocationList>) -> Bool {
    lists.contains { list in
      var found: OpaquePointer?
      return X509_CRL_get0_by_serial(list.pointer, &found, serial) > 0
    }
  }

  private func add(_ certificate: Certificate, to list: OpaquePointer) throws(Failure) {
    guard let entry = X509_REVOKED_new() else { throw failure() }
    // The setter copies the number, though it takes no constant.
    let number = X509_get_serialNumber(certificate.pointer)
    do throws(Failure) {
      try check(X509_REVOKED_set_serialNumber(entry, number))
      try withTime(first) { X509_REVOKED_set_revocationDate(entry, $0) }
      try check(X509_CRL_add0_revoked(list, entry))
    } catch {
      X509_REVOKED_free(entry)
      throw error
    }
  }

  private func addExtension(_ identifier: Int32, _ value: String, to list: OpaquePointer) throws(Failure) {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, issuer.certificate.pointer, nil, nil, list, 0)
    guard let made = X509V3_EXT_conf_nid(nil, &context, identifier, value) else { throw failure() }
    defer { X509_EXTENSION_free(made) }
    try check(X509_CRL_add_ext(list, made, -1))
  }

  private func withTime(
    _ seconds: Int64, _ use: (UnsafeMutablePointer<ASN1_TIME>) -> Int32
  ) throws(Failure) {
    guard let time = ASN1_TIME_set(nil, Int(seconds)) else { throw failure() }
    defer { ASN1_STRING_free(time) }
    try check(use(time))
  }

  private func check(_ result: Int32) throws(Failure) {
    guard result > 0 else { throw failure() }
  }

  private func failure() -> Failure {
    SetupFailure.make(
      .setupOther, subject: declaration.name, errors: ErrorQueue.drain(),
      said: ["the revocation list '\(declaration.name)' could not be made"])
  }
}
