import ArgumentParser
import Foundation
import LabFacts
import LabRuntime

/// Pass phrases that nobody gave: asked for before anything starts.
enum ServePassphrase {
  /// The plan with the pass phrase of its key, where that is encrypted.
  static func filled(_ plan: ListenPlan) throws -> ListenPlan {
    guard let tls = plan.tls, tls.passphrase == nil, let key = tls.key ?? tls.certificate,
      isEncrypted(key)
    else { return plan }
    let name = Notation.escaped(name(of: key))
    guard let phrase = Passphrase.ask(for: name) else {
      Machine.complain(
        "The key \(name) is encrypted, and there is no terminal to ask at. Say --passphrase-file FILE.")
      throw Exit.unable
    }
    return plan.with(passphrase: phrase)
  }

  private static func name(of input: TLSRequest.Input) -> String {
    switch input {
    case .file(let path): path
    case .memory(_, let name): name
    }
  }

  /// PEM says so in its first lines (RFC 7468 section 11, RFC 1421 section 4.6.1.1).
  private static func isEncrypted(_ input: TLSRequest.Input) -> Bool {
    switch input {
    case .file(let path):
      FileManager.default.contents(atPath: path).map { holdsMark(Array($0)) } ?? false
    case .memory(let bytes, _): holdsMark(bytes)
    }
  }

  private static func holdsMark(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")
  }
}
