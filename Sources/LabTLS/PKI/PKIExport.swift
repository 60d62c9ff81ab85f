import COpenSSL
import COpenSSLSystem
package import LabFacts

/// Identities in the forms that other programs take.
package enum PKIExport {
  /// Key, certificate and chain in one PEM; the key is encrypted where there is a pass phrase.
  package static func pem(_ identity: IdentitySource, phrase: String? = nil) throws(Failure) -> [UInt8] {
    let loaded = try LoadedIdentity(identity)
    var text = secret(loaded.key, phrase)
    guard !text.isEmpty else { throw failure(identity) }
    for certificate in [loaded.leaf] + loaded.chain {
      text += X509Reading.bytes { PEM_write_bio_X509($0, certificate.pointer) }
    }
    return text
  }

  /// A PKCS #12 file under a pass phrase (RFC 7292), as browsers import it; `name` is what they show.
  package static func pkcs12(
    _ identity: IdentitySource, phrase: String, name: String
  ) throws(Failure) -> [UInt8] {
    let loaded = try LoadedIdentity(identity)
    guard let stack = netlab_sk_X509_new() else { throw failure(identity) }
    defer { netlab_sk_X509_free(stack) }
    for certificate in loaded.chain { _ = netlab_sk_X509_push(stack, certificate.pointer) }
    ErrorQueue.clear()
    guard
      let made = PKCS12_create(
        phrase, name, loaded.key.pointer, loaded.leaf.pointer, stack, 0, 0, 0, 0, 0)
    else { throw failure(identity) }
    defer { PKCS12_free(made) }
    let bytes = X509Reading.bytes { i2d_PKCS12_bio($0, made) }
    guard !bytes.isEmpty else { throw failure(identity) }
    return bytes
  }

  private static func secret(_ key: PrivateKey, _ phrase: String?) -> [UInt8] {
    X509Reading.bytes { bio in
      guard let phrase else {
        return PEM_write_bio_PKCS8PrivateKey(bio, key.pointer, nil, nil, 0, nil, nil)
      }
      return phrase.withCString { text in
        PEM_write_bio_PKCS8PrivateKey(
          bio, key.pointer, EVP_aes_256_cbc(), text, Int32(phrase.utf8.count), nil, nil)
      }
    }
  }

  private static func failure(_ identity: IdentitySource) -> Failure {
    SetupFailure.make(
      .setupOther, subject: identity.certificate.name, errors: ErrorQueue.drain(),
      said: ["\(identity.certificate.name): could not be written in this form"])
  }
}
