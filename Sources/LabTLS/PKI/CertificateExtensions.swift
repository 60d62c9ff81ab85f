import COpenSSLSystem
import LabFacts

/// The X.509 extensions of an identity (RFC 5280 section 4.2), in the words of OpenSSL's configuration.
enum CertificateExtensions {
  /// `issuerUse` is nil for a self-signed certificate.
  static func list(_ declaration: IdentityDeclaration, issuerUse: IdentityDeclaration.Use?) -> [(
    identifier: Int32, value: String
  )] {
    var list = usage(declaration)
    list.append((NID_subject_key_identifier, "hash"))
    switch issuerUse {
    case nil: break
    // Naming the issuer's issuer lets a verifier tell "an intermediate is missing" from "unknown CA".
    case .intermediate: list.append((NID_authority_key_identifier, "keyid,issuer:always"))
    case .root, .server, .client: list.append((NID_authority_key_identifier, "keyid"))
    }
    if !declaration.alternativeNames.isEmpty {
      list.append((NID_subject_alt_name, declaration.alternativeNames.joined(separator: ",")))
    }
    if !declaration.permitted.isEmpty {
      let constraints = declaration.permitted.map { "permitted;" + constraint($0) }
      list.append((NID_name_constraints, "critical," + constraints.joined(separator: ",")))
    }
    return list
  }

  private static func usage(_ declaration: IdentityDeclaration) -> [(identifier: Int32, value: String)] {
    let sign = "critical,digitalSignature"
    let isRSA = declaration.key == .rsa2048 || declaration.key == .rsa1024
    switch declaration.use {
    case .root:
      return [(NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign,cRLSign")]
    case .intermediate:
      return [
        (NID_basic_constraints, "critical,CA:TRUE,pathlen:\(declaration.pathLength)"),
        (NID_key_usage, "critical,keyCertSign,cRLSign"),
      ]
    case .server:
      return [
        (NID_basic_constraints, "critical,CA:FALSE"),
        (NID_key_usage, isRSA ? sign + ",keyEncipherment" : sign), (NID_ext_key_usage, "serverAuth"),
      ]
    case .client:
      return [
        (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, sign),
        (NID_ext_key_usage, "clientAuth"),
      ]
    }
  }

  /// A permitted name as RFC 5280 section 4.2.1.10 wants it: a domain without a leading dot covers itself and
  /// all below; an address goes with its mask.
  static func constraint(_ permitted: String) -> String {
    guard permitted.hasPrefix("IP:") else { return permitted.replacingPrefix("DNS:.", "DNS:") }
    let parts = permitted.dropFirst(3).split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let bits = Int(parts[1]) else { return permitted }
    return "IP:\(parts[0])/\(mask(bits, isVersion6: parts[0].contains(":")))"
  }

  private static func mask(_ bits: Int, isVersion6: Bool) -> String {
    let bytes = (0..<(isVersion6 ? 16 : 4)).map { index in
      UInt8(truncatingIfNeeded: 0xff00 >> min(8, max(0, bits - index * 8)))
    }
    guard isVersion6 else { return IPAddress.v4(bytes).text }
    return stride(from: 0, to: 16, by: 2).map { Notation.hex(bytes[$0..<$0 + 2], separator: "") }
      .joined(separator: ":")
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, _ other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
