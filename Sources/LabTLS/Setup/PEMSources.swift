/// PEM text: in a file, or in memory with a name for messages.
package enum PEMSource: Equatable, Sendable {
  case file(String)
  case memory([UInt8], name: String)

  /// What to call it in a message.
  package var name: String {
    switch self {
    case .file(let path): path
    case .memory(_, let name): name
    }
  }
}

/// A certificate with its private key.
package struct IdentitySource: Equatable, Sendable {
  /// The leaf first; further certificates in the same PEM are sent after it.
  package var certificate: PEMSource
  package var key: PEMSource
  /// More certificates to send, after those.
  package var chain: PEMSource?
  package var passphrase: String?

  package init(certificate: PEMSource, key: PEMSource, chain: PEMSource? = nil, passphrase: String? = nil) {
    self.certificate = certificate
    self.key = key
    self.chain = chain
    self.passphrase = passphrase
  }

  package static func files(
    certificate: String, key: String, chain: String? = nil, passphrase: String? = nil
  ) -> IdentitySource {
    IdentitySource(
      certificate: .file(certificate), key: .file(key), chain: chain.map { .file($0) }, passphrase: passphrase
    )
  }

  /// One PEM that holds all of it: key, certificate and chain, in any order but that the leaf is the first
  /// certificate.
  package static func bundle(_ source: PEMSource, passphrase: String? = nil) -> IdentitySource {
    IdentitySource(certificate: source, key: source, passphrase: passphrase)
  }

  package static func memory(
    certificate: [UInt8], key: [UInt8], name: String = "memory", passphrase: String? = nil
  ) -> IdentitySource {
    IdentitySource(
      certificate: .memory(certificate, name: name), key: .memory(key, name: name), passphrase: passphrase)
  }
}

/// Whose signatures count. Empty: nobody's.
package struct TrustSource: Equatable, Sendable {
  /// Each may hold several certificates. A leaf is trusted as itself.
  package var anchors: [PEMSource]
  /// Also this machine's own store. Off unless asked.
  package var systemStore: Bool

  package init(_ anchors: [PEMSource] = [], systemStore: Bool = false) {
    self.anchors = anchors
    self.systemStore = systemStore
  }
}
