import COpenSSL
import COpenSSLSystem
import LabFacts

/// Reads certificates for people. Every text that comes out is safe to print.
enum X509Reading {
  static func summary(_ certificate: OpaquePointer) -> CertificateSummary {
    ErrorQueue.aside {
      CertificateSummary(
        subject: name(X509_get_subject_name(certificate)), issuer: name(X509_get_issuer_name(certificate)),
        names: names(certificate), notBefore: UTCTime.text(X509_get0_notBefore(certificate)),
        notAfter: UTCTime.text(X509_get0_notAfter(certificate)), serial: serial(certificate),
        key: key(certificate), fingerprint: fingerprint(certificate),
        isAuthority: X509_check_ca(certificate) > 0, isSelfSigned: X509_self_signed(certificate, 0) == 1)
    }
  }

  /// `CN=netlab.test`, as RFC 2253 writes it.
  static func name(_ name: OpaquePointer?) -> String {
    guard let name else { return "" }
    return text { X509_NAME_print_ex($0, name, 0, netlab_XN_FLAG_RFC2253()) }
  }

  /// OpenSSL's text form of a whole certificate, one line a line.
  static func fullText(_ certificate: OpaquePointer) -> String {
    let raw = ErrorQueue.aside { bytes { X509_print($0, certificate) } }
    return raw.split(separator: 0x0a, omittingEmptySubsequences: false).map { Notation.escaped($0) }
      .joined(separator: "\n")
  }

  /// The subject of a certificate in DER, or what is wrong with it.
  static func subject(der: ArraySlice<UInt8>) -> String {
    DERWalk.subject(of: der).map(distinguishedName) ?? "not a certificate"
  }

  /// A distinguished name in DER.
  static func distinguishedName(der: ArraySlice<UInt8>) -> String {
    ErrorQueue.aside {
      der.withUnsafeBufferPointer { buffer in
        var start = buffer.baseAddress
        guard let decoded = d2i_X509_NAME(nil, &start, buffer.count) else { return "not a name" }
        defer { X509_NAME_free(decoded) }
        return name(decoded)
      }
    }
  }

  /// `DNS:netlab.test`, `IP:127.0.0.1`.
  static func names(_ certificate: OpaquePointer) -> [String] {
    guard let found = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
    let stack = OpaquePointer(found)
    defer { GENERAL_NAMES_free(stack) }
    return (0..<max(0, netlab_sk_GENERAL_NAME_num(stack))).compactMap { index in
      netlab_sk_GENERAL_NAME_value(stack, index).flatMap(generalName)
    }
  }

  static func fingerprint(_ certificate: OpaquePointer) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return "" }
    return Notation.hex(digest.prefix(Int(length)), separator: ":").uppercased()
  }

  /// What `print` writes into a memory BIO.
  static func bytes(_ print: (OpaquePointer) -> Int32) -> [UInt8] {
    guard let bio = BIO_new(BIO_s_mem()) else { return [] }
    defer { BIO_free(bio) }
    guard print(bio) >= 0 else { return [] }
    var data: UnsafeMutablePointer<CChar>?
    let count = netlab_BIO_get_mem_data(bio, &data)
    guard let data, count > 0 else { return [] }
    return Array(UnsafeRawBufferPointer(start: data, count: count))
  }

  private static func text(_ print: (OpaquePointer) -> Int32) -> String { Notation.escaped(bytes(print)) }

  /// The serial number of a certificate or of an entry of a list: `04:d2`.
  static func serial(number: UnsafePointer<ASN1_INTEGER>?) -> String {
    Notation.hex(content(number), separator: ":")
  }

  private static func serial(_ certificate: OpaquePointer) -> String {
    serial(number: X509_get0_serialNumber(certificate))
  }

  private static func key(_ certificate: OpaquePointer) -> String {
    guard let key = X509_get0_pubkey(certificate) else { return "unknown key" }
    let bits = EVP_PKEY_get_bits(key)
    switch EVP_PKEY_get_base_id(key) {
    case EVP_PKEY_RSA: return "RSA \(bits)"
    case EVP_PKEY_EC: return "EC " + (bits == 256 ? "P-256" : bits == 384 ? "P-384" : "\(bits) bits")
    case EVP_PKEY_ED25519: return "Ed25519"
    case EVP_PKEY_ED448: return "Ed448"
    default: return "\(bits) bits"
    }
  }

  private static func generalName(_ name: UnsafeMutablePointer<GENERAL_NAME>) -> String? {
    switch name.pointee.type {
    case GEN_DNS: return "DNS:" + Notation.escaped(content(name.pointee.d.dNSName))
    case GEN_EMAIL: return "email:" + Notation.escaped(content(name.pointee.d.rfc822Name))
    case GEN_URI: return "URI:" + Notation.escaped(content(name.pointee.d.uniformResourceIdentifier))
    case GEN_IPADD:
      let bytes = content(name.pointee.d.iPAddress)
      return "IP:" + (IPAddress(bytes)?.text ?? Notation.hex(bytes, separator: ":"))
    default: return nil
    }
  }

  private static func content(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
    guard let string, let data = ASN1_STRING_get0_data(string) else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
  }
}
