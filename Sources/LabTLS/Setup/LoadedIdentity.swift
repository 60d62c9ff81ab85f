import COpenSSLSystem
import LabFacts

/// An identity as OpenSSL's objects: the leaf, what is sent after it, and the key that belongs to it.
struct LoadedIdentity {
  let leaf: Certificate
  let chain: [Certificate]
  let key: PrivateKey

  /// Fails on any part that is missing, not readable or not of the others, naming its file.
  init(_ identity: IdentitySource) throws(Failure) {
    let text = try PEMReading.text(identity.certificate, missing: .certFileMissing)
    var certificates = try PEMReading.certificates(text, name: identity.certificate.name)
    let leaf = certificates.removeFirst()
    if let more = identity.chain {
      certificates += try PEMReading.certificates(
        try PEMReading.text(more, missing: .certFileMissing), name: more.name)
    }
    let keyText = try PEMReading.text(identity.key, missing: .certFileMissing)
    let key = try PEMReading.key(keyText, name: identity.key.name, passphrase: identity.passphrase)
    ErrorQueue.clear()
    let matches = X509_check_private_key(leaf.pointer, key.pointer) == 1
    let errors = ErrorQueue.drain()
    guard matches else {
      let sentence = "\(identity.key.name): this key does not belong to \(identity.certificate.name)"
      throw SetupFailure.make(.badKeyPair, subject: identity.key.name, errors: errors, said: [sentence])
    }
    self.leaf = leaf
    // A chain file may begin with the leaf itself; it is sent once.
    chain = certificates.filter { X509_cmp($0.pointer, leaf.pointer) != 0 }
    self.key = key
  }
}
