package import LabFacts
import LabNet
import LabTLS

/// How a person wants TLS at one end, by the words of the command line: files, lab identities, settings.
package struct TLSRequest: Equatable, Sendable {
  /// PEM text in a file, or read from stdin.
  package enum Input: Equatable, Sendable {
    case file(String)
    case memory([UInt8], name: String)
  }

  package var side: Side
  package var options: TLSOptions
  package var certificate: Input?
  package var key: Input?
  package var chain: Input?
  /// For an encrypted key. Never printed.
  package var passphrase: String?
  package var authorities: [Input] = []
  package var revocations: [Input] = []
  package var dhParameters: Input?

  package init(side: Side) {
    self.side = side
    options = TLSOptions()
  }

  /// The options with names for everything that was given as a file, and what the names mean. `tag` keeps the
  /// names of several requests apart.
  func resolved(tag: String, into materials: inout Materials) -> TLSOptions {
    var options = options
    if let certificate {
      let name = "\(tag) certificate"
      materials.identities[name] = IdentitySource(
        certificate: source(certificate), key: source(key ?? certificate), chain: chain.map(source),
        passphrase: passphrase)
      options.identity = name
    }
    for (number, input) in authorities.enumerated() {
      materials.trust["\(tag) ca \(number)"] = source(input)
      options.trust.append("\(tag) ca \(number)")
    }
    for (number, input) in revocations.enumerated() {
      materials.revocations["\(tag) crl \(number)"] = source(input)
      options.revocations.append("\(tag) crl \(number)")
    }
    if let dhParameters {
      materials.dhParameters["\(tag) dh"] = source(dhParameters)
      options.dhParameters = "\(tag) dh"
    }
    return options
  }

  private func source(_ input: Input) -> PEMSource {
    switch input {
    case .file(let path): .file(path)
    case .memory(let bytes, let name): .memory(bytes, name: name)
    }
  }
}
