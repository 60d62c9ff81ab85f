import COpenSSL
import COpenSSLSystem

/// The arithmetic of TLS 1.2, done by hand to open what was recorded. The engine has its own, in OpenSSL.
enum KeyMath {
  /// RSA decryption with PKCS #1 v1.5 padding.
  static func decrypt(_ bytes: [UInt8], with key: OpaquePointer) -> [UInt8]? {
    ErrorQueue.aside {
      guard let context = EVP_PKEY_CTX_new(key, nil) else { return nil }
      defer { EVP_PKEY_CTX_free(context) }
      var length = 0
      guard EVP_PKEY_decrypt_init(context) == 1,
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1,
        EVP_PKEY_decrypt(context, nil, &length, bytes, bytes.count) == 1
      else { return nil }
      var out = [UInt8](repeating: 0, count: length)
      guard EVP_PKEY_decrypt(context, &out, &length, bytes, bytes.count) == 1 else { return nil }
      return Array(out.prefix(length))
    }
  }

  /// The PRF of RFC 5246 section 5.
  static func expand(_ secret: [UInt8], _ label: String, _ seed: [UInt8], _ hash: String, _ length: Int)
    -> [UInt8]?
  {
    let seed = Array(label.utf8) + seed
    var (out, a): ([UInt8], [UInt8]) = ([], seed)
    while out.count < length {
      guard let next = mac(secret, a, hash), let block = mac(secret, next + seed, hash) else { return nil }
      a = next
      out += block
    }
    return Array(out.prefix(length))
  }

  static func hash(_ bytes: [UInt8], _ name: String) -> [UInt8]? {
    var (out, length) = ([UInt8](repeating: 0, count: 64), 0)
    guard EVP_Q_digest(nil, name, nil, bytes, bytes.count, &out, &length) == 1 else { return nil }
    return Array(out.prefix(length))
  }

  /// Opens one record with AES-GCM; nil where its tag does not fit.
  static func openGCM(
    _ bytes: [UInt8], tag: [UInt8], key: [UInt8], nonce: [UInt8], header: [UInt8]
  ) -> [UInt8]? {
    ErrorQueue.aside {
      guard let context = EVP_CIPHER_CTX_new() else { return nil }
      defer { EVP_CIPHER_CTX_free(context) }
      var (out, tag) = ([UInt8](repeating: 0, count: bytes.count + 16), tag)
      var (written, rest): (Int32, Int32) = (0, 0)
      let cipher = key.count == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm()
      guard EVP_DecryptInit_ex(context, cipher, nil, key, nonce) == 1,
        EVP_DecryptUpdate(context, nil, &written, header, Int32(header.count)) == 1,
        EVP_DecryptUpdate(context, &out, &written, bytes, Int32(bytes.count)) == 1,
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1,
        EVP_DecryptFinal_ex(context, &tag, &rest) == 1
      else { return nil }
      return Array(out.prefix(Int(written)))
    }
  }

  private static func mac(_ key: [UInt8], _ bytes: [UInt8], _ hash: String) -> [UInt8]? {
    var (out, length) = ([UInt8](repeating: 0, count: 64), 0)
    guard
      EVP_Q_mac(nil, "HMAC", nil, hash, nil, key, key.count, bytes, bytes.count, &out, out.count, &length)
        != nil
    else { return nil }
    return Array(out.prefix(length))
  }
}
