package import LabFacts

/// One question to a TLS server: a connection with certain options, and what its answer means.
package struct ScanProbe: Equatable, Sendable {
  /// What is asked.
  package enum Question: Equatable, Sendable {
    case version(TLSVersion)
    case withoutName
    /// Two suites in both orders: who decides?
    case order([String])
    case trust
  }

  package let question: Question
  package let options: TLSOptions

  /// The questions that need no answer first. `options` has the names and whom to trust.
  package static func first(_ options: TLSOptions) -> [ScanProbe] {
    let versions = TLSVersion.allCases.reversed().map { version in
      ScanProbe(question: .version(version), options: options.only(version))
    }
    var nameless = options
    nameless.serverName = nil
    nameless.verify = false
    return versions + [
      ScanProbe(question: .withoutName, options: nameless), ScanProbe(question: .trust, options: options),
    ]
  }

  /// Both orders of two TLS 1.3 suites that nearly every server has. The first was chosen by the server, or
  /// by the client that asked for it first: the other order tells.
  package static func orders(_ options: TLSOptions) -> [ScanProbe] {
    let suites = ["TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"]
    return [suites, suites.reversed()].map { order in
      var asked = options.only(.tls13)
      asked.suites = order.joined(separator: ":")
      return ScanProbe(question: .order(order), options: asked)
    }
  }
}

extension TLSOptions {
  /// The same at one version alone, whatever the certificate is worth.
  fileprivate func only(_ version: TLSVersion) -> TLSOptions {
    var options = self
    options.minVersion = version
    options.maxVersion = version
    options.verify = false
    // OpenSSL offers what old versions need at level 0 only.
    if version.number < TLSVersion.tls12.number { options.ciphers = "ALL:@SECLEVEL=0" }
    return options
  }
}
