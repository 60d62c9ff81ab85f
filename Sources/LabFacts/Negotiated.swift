/// What the two ends agreed on, as one of them reports it.
package struct Negotiated: Hashable, Sendable, Codable {
  /// Protocol version on the wire: 0x0304 is TLS 1.3.
  package let version: Int
  /// The suite's standard name: `TLS_AES_256_GCM_SHA384`.
  package let suite: String
  /// The key-exchange group: `X25519`. Absent with RSA key exchange.
  package let group: String?
  package let alpn: String?
  /// The name the client asked for.
  package let serverName: String?
  package let resumed: Bool
  /// Secret bits of the cipher.
  package let bits: Int

  package init(
    version: Int, suite: String, group: String?, alpn: String?, serverName: String?, resumed: Bool, bits: Int
  ) {
    self.version = version
    self.suite = suite
    self.group = group
    self.alpn = alpn
    self.serverName = serverName
    self.resumed = resumed
    self.bits = bits
  }

  /// `TLS 1.3`.
  package var versionName: String { TLSNames.version(version) }
}

/// What a certificate says, for people. Every text is safe to print.
package struct CertificateSummary: Hashable, Sendable, Codable {
  package let subject: String
  package let issuer: String
  /// `DNS:netlab.test`, `IP:127.0.0.1`.
  package let names: [String]
  /// RFC 3339, UTC.
  package let notBefore: String
  package let notAfter: String
  /// Hexadecimal, lower case, two digits a byte, colons between.
  package let serial: String
  /// `EC P-256`, `RSA 2048`.
  package let key: String
  /// SHA-256 of the DER form, upper-case hexadecimal with colons, as browsers show it.
  package let fingerprint: String
  package let isAuthority: Bool
  package let isSelfSigned: Bool

  package init(
    subject: String, issuer: String, names: [String], notBefore: String, notAfter: String, serial: String,
    key: String, fingerprint: String, isAuthority: Bool, isSelfSigned: Bool
  ) {
    self.subject = subject
    self.issuer = issuer
    self.names = names
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.serial = serial
    self.key = key
    self.fingerprint = fingerprint
    self.isAuthority = isAuthority
    self.isSelfSigned = isSelfSigned
  }
}

/// What an end concluded about its peer's certificate.
package struct Verification: Hashable, Sendable, Codable {
  /// An X509_V_ERR number; 0 is X509_V_OK. It is 0 also where the peer sent no certificate.
  package let code: Int
  /// OpenSSL's words for the code. For display only.
  package let text: String
  /// Was checking switched on at this end?
  package let enforced: Bool
  /// The peer's certificates as sent, leaf first. Empty where it sent none.
  package let chain: [CertificateSummary]
  /// X509_V_ERR numbers that were found and forgiven, in the order they were found, each once.
  package let forgiven: [Int]

  /// Did the peer show a certificate, good or bad?
  package var isPresented: Bool { !chain.isEmpty }
  /// Was a certificate shown, and nothing wrong with it that was not forgiven?
  package var isValid: Bool { isPresented && code == 0 }

  package init(
    code: Int, text: String, enforced: Bool, chain: [CertificateSummary], forgiven: [Int] = []
  ) {
    self.code = code
    self.text = text
    self.enforced = enforced
    self.chain = chain
    self.forgiven = forgiven
  }
}
