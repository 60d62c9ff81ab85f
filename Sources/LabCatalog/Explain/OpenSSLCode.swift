import LabFacts

/// An OpenSSL error code taken apart. Releases before 3.0 packed library, function and reason; since 3.0 there
/// is no function, and the library stands elsewhere. So the same eight digits can mean two things.
package struct OpenSSLCode: Equatable, Sendable {
  package enum Generation: Equatable, Sendable {
    /// 1.0 and 1.1: eight bits library, twelve bits function, twelve bits reason.
    case one
    /// 3.0 and later: library above bit 23, reason below it.
    case three
  }

  package let code: UInt32
  package let generation: Generation
  package let library: Int
  /// Of the first generation only.
  package let function: Int?
  package let reason: Int
  /// An errno in the clothes of an OpenSSL error.
  package let isSystem: Bool

  package init(_ code: UInt32) {
    self.code = code
    isSystem = code & OpenSSLCode.systemFlag != 0
    // A reason of the new packing has nothing between its number and its flags; a function code stands there
    // in the old one.
    let isOld = !isSystem && code & OpenSSLCode.between != 0
    generation = isOld ? .one : .three
    if isSystem {
      (library, function, reason) = (2, nil, Int(code & ~OpenSSLCode.systemFlag))
    } else if isOld {
      (library, function, reason) = (Int(code >> 24), Int(code >> 12 & 0xfff), Int(code & 0xfff))
    } else {
      (library, function, reason) = (Int(code >> 23), nil, Int(code & 0x3ffff))
    }
  }

  /// The same error as OpenSSL 3 numbers it.
  package var modern: UInt32 {
    guard generation == .one else { return code }
    return UInt32(library) << 23 | UInt32(OpenSSLReasons.successor(of: reason))
  }

  /// The alert a peer sent: libssl adds its number to 1000.
  package var alert: Int? {
    library == OpenSSLCode.ssl && (1000...1255).contains(reason) ? reason - 1000 : nil
  }

  package var reasonName: String? {
    if let alert { return "alert \(alert) \(TLSNames.alert(alert)), received from the peer" }
    if isSystem { return ErrnoNames.name(reason) }
    return library == OpenSSLCode.ssl
      ? OpenSSLReasons.name(reason) : OpenSSLReasons.name(library: library, reason: reason)
  }

  package var libraryName: String { OpenSSLCode.libraries[library] ?? "library \(library)" }

  package var functionName: String? { function.flatMap { OpenSSLCode.functions[$0] } }

  static let ssl = 20
  private static let systemFlag: UInt32 = 0x8000_0000
  /// Bits 12 to 17.
  private static let between: UInt32 = 0x0003_f000

  private static let libraries: [Int: String] = [
    2: "system", 3: "big numbers", 4: "RSA", 5: "Diffie-Hellman", 6: "EVP", 9: "PEM", 10: "DSA",
    11: "X.509 certificates", 13: "ASN.1", 14: "configuration", 15: "crypto", 16: "elliptic curves",
    20: "SSL", 32: "BIO", 33: "PKCS #7", 34: "X.509 extensions", 35: "PKCS #12", 36: "random numbers",
    39: "OCSP", 40: "user interface", 44: "store", 52: "key derivation", 57: "provider", 60: "decoder",
  ]

  /// Functions of libssl that messages of OpenSSL 1.0 and 1.1 are known for.
  private static let functions: [Int: String] = [
    117: "SSL23_CONNECT", 118: "SSL23_GET_CLIENT_HELLO", 119: "SSL23_GET_SERVER_HELLO", 121: "SSL23_READ",
    130: "SSL3_CHECK_CERT_AND_ALGORITHM", 136: "SSL3_GET_CERT_VERIFY",
    137: "SSL3_GET_CLIENT_CERTIFICATE", 138: "SSL3_GET_CLIENT_HELLO", 141: "SSL3_GET_KEY_EXCHANGE",
    143: "SSL3_GET_RECORD", 144: "SSL3_GET_SERVER_CERTIFICATE", 146: "SSL3_GET_SERVER_HELLO",
    148: "SSL3_READ_BYTES", 368: "TLS_PROCESS_CKE", 380: "TLS_PROCESS_CLIENT_CERTIFICATE",
    367: "TLS_PROCESS_SERVER_CERTIFICATE", 521: "TLS_POST_PROCESS_CLIENT_HELLO",
  ]
}
