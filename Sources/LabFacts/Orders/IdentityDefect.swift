/// What is wrong with the files of an identity, so that loading them fails as it does in real life.
package enum IdentityDefect: String, Sendable, Codable, CaseIterable {
  /// The key belongs to another certificate.
  case wrongKey = "wrong-key"
  /// The key is encrypted, and the pass phrase is another.
  case wrongPassPhrase = "wrong-pass-phrase"
  /// The certificate is given as the key, and the key as the certificate.
  case swapped
  /// A PKCS #12 file where PEM is read.
  case p12
  case missingFile = "missing-file"
  case emptyFile = "empty-file"
}
