import Foundation
import LabTesting

/// A key under the pass phrase "right", and its certificate, made anew for each run by the openssl command:
/// no key is kept in the tree.
enum EncryptedKey {
  /// Both in one PEM; each reader finds its own part.
  static let certificate = key
  static let key: [UInt8] = make()

  private static func make() -> [UInt8] {
    let command = Process()
    command.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    command.arguments = [
      "openssl", "req", "-x509", "-newkey", "ed25519", "-keyout", "-", "-passout", "pass:right", "-subj",
      "/CN=locked", "-days", "30",
    ]
    let output = Pipe.forOneChild()
    command.standardOutput = output
    command.standardError = FileHandle.nullDevice
    guard (try? command.run()) != nil else { return [] }
    let pem = output.fileHandleForReading.readDataToEndOfFile()
    command.waitUntilExit()
    return Array(pem)
  }
}
