import LabFacts

/// What a text holds by its PEM headers, to say what a file is where another was needed.
struct PEMContents {
  enum Kind: String, CaseIterable {
    case certificate = "a certificate"
    case key = "a private key"
    case request = "a certificate request"
    case revocations = "a revocation list"
    case dhParameters = "DH parameters"

    /// How the word in the header ends: `-----BEGIN EC PRIVATE KEY-----`.
    fileprivate var endings: [String] {
      switch self {
      case .certificate: ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]
      case .key: ["PRIVATE KEY"]
      case .request: ["CERTIFICATE REQUEST"]
      case .revocations: ["X509 CRL"]
      case .dhParameters: ["DH PARAMETERS"]
      }
    }
  }

  private let labels: [String]
  private let looksLikeDER: Bool
  private let isEmpty: Bool
  /// Is a key in it under a pass phrase (RFC 5958, or the older RFC 1421)?
  let isEncrypted: Bool

  init(_ text: [UInt8]) {
    isEmpty = text.isEmpty
    // A SEQUENCE with a long length begins every certificate and key in DER.
    looksLikeDER = text.starts(with: [0x30, 0x82])
    let lines = text.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d })
    labels = lines.compactMap { line in
      guard line.starts(with: Array("-----BEGIN ".utf8)) else { return nil }
      return String(decoding: line.dropFirst(11).prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }
    let older = Array("Proc-Type: 4,ENCRYPTED".utf8)
    isEncrypted = labels.contains("ENCRYPTED PRIVATE KEY") || lines.contains { $0.starts(with: older) }
  }

  func has(_ kind: Kind) -> Bool {
    labels.contains { label in
      kind == .key || kind == .dhParameters
        ? kind.endings.contains(where: label.hasSuffix) : kind.endings.contains(label)
    }
  }

  /// The sentence for a text that holds none of the wanted kind.
  func instead(of wanted: Kind, _ name: String) -> [String] {
    if isEmpty { return ["\(name): is empty; needed here: \(wanted.rawValue) in PEM form"] }
    if has(wanted) { return ["\(name): is damaged; needed here: \(wanted.rawValue)"] }
    if let found = Kind.allCases.first(where: has) {
      return ["\(name): holds \(found.rawValue), not \(wanted.rawValue)"]
    }
    if looksLikeDER { return ["\(name): looks like DER; turn it into PEM first"] }
    return ["\(name): holds nothing in PEM form; needed here: \(wanted.rawValue)"]
  }
}
