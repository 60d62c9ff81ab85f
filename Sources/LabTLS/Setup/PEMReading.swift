import COpenSSL
import COpenSSLSystem
import LabFacts

/// Certificates and keys out of PEM text.
enum PEMReading {
  /// The text itself. `missing` is the diagnosis where a file can't be read.
  static func text(_ source: PEMSource, missing: FailureCode) throws(Failure) -> [UInt8] {
    switch source {
    case .memory(let bytes, _): return bytes
    case .file(let path):
      do throws(FileReading.Problem) {
        return try FileReading.contents(path)
      } catch {
        throw SetupFailure.unreadable(path, error, missing)
      }
    }
  }

  /// Every certificate of the text, in order; at least one.
  static func certificates(_ text: [UInt8], name: String) throws(Failure) -> [Certificate] {
    ErrorQueue.clear()
    let found = withBIO(text) { bio in
      var certificates: [Certificate] = []
      while let next = PEM_read_bio_X509(bio, nil, { _, _, _, _ in 0 }, nil) {
        certificates.append(Certificate(owning: next))
      }
      return certificates
    }
    let errors = ErrorQueue.drain()
    guard !found.isEmpty, isEnd(errors) else {
      throw SetupFailure.make(
        .badPem, subject: name, errors: errors, said: PEMContents(text).instead(of: .certificate, name))
    }
    return found
  }

  static func key(_ text: [UInt8], name: String, passphrase: String?) throws(Failure) -> PrivateKey {
    ErrorQueue.clear()
    let key = withBIO(text) { bio in
      (passphrase ?? "").withCString { phrase in
        // Without a callback OpenSSL takes the last argument as the pass phrase, and never asks the terminal.
        PEM_read_bio_PrivateKey(bio, nil, nil, UnsafeMutablePointer(mutating: phrase))
      }
    }
    let errors = ErrorQueue.drain()
    guard let key else { throw refusedKey(text, name, passphrase, errors) }
    return PrivateKey(owning: key)
  }

  /// The group of a Diffie-Hellman key exchange. The caller owns it.
  static func dhParameters(_ text: [UInt8], name: String) throws(Failure) -> PrivateKey {
    ErrorQueue.clear()
    let found = withBIO(text) { PEM_read_bio_Parameters($0, nil) }
    let errors = ErrorQueue.drain()
    guard let found else {
      throw SetupFailure.make(
        .badPem, subject: name, errors: errors, said: PEMContents(text).instead(of: .dhParameters, name))
    }
    return PrivateKey(owning: found)
  }

  /// The readers end with "no start line" also after the last of several good ones.
  static func isEnd(_ errors: [LibraryError]) -> Bool {
    guard let last = errors.last else { return true }
    return Int32(last.library) == ERR_LIB_PEM && Int32(last.reason) == PEM_R_NO_START_LINE
  }

  static func withBIO<T>(_ bytes: [UInt8], _ body: (OpaquePointer) -> T) -> T {
    // One byte more than the text: OpenSSL refuses a null pointer even for no bytes.
    (bytes + [0]).withUnsafeBytes { buffer in
      guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(bytes.count)) else {
        preconditionFailure("no memory for a BIO")
      }
      defer { BIO_free(bio) }
      return body(bio)
    }
  }

  private static func refusedKey(
    _ text: [UInt8], _ name: String, _ passphrase: String?, _ errors: [LibraryError]
  ) -> Failure {
    let failure = SetupFailure.loading(name, errors)
    let contents = PEMContents(text)
    guard contents.has(.key) else {
      return SetupFailure.make(
        .badPem, subject: name, errors: errors, said: contents.instead(of: .key, name))
    }
    // One wrong pass phrase in 256 opens it to something that looks padded right, and is no key.
    let isOpenedToNoKey =
      passphrase != nil && contents.isEncrypted
      && errors.contains { [ERR_LIB_OSSL_DECODER, ERR_LIB_ASN1].contains(Int32($0.library)) }
    guard failure.code == .keyPassphrase || isOpenedToNoKey else { return failure }
    let sentence =
      passphrase == nil
      ? "\(name): the key is encrypted; its pass phrase is needed"
      : "\(name): this pass phrase does not open the key"
    return SetupFailure.make(.keyPassphrase, subject: name, errors: errors, said: [sentence])
  }
}
