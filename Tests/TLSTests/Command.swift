import Foundation
import LabTesting

/// The openssl command, as a second opinion.
enum Command {
  /// What it wrote to standard output.
  static func run(_ arguments: [String]) -> String {
    let command = Process()
    command.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    command.arguments = arguments
    let output = Pipe.forOneChild()
    command.standardOutput = output
    command.standardError = FileHandle.nullDevice
    guard (try? command.run()) != nil else { return "" }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    command.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
