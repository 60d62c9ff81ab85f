import Foundation

/// Programs of others that a machine may lack. In CI they are required: a test that needs a missing one fails there;
/// elsewhere it is skipped, and says so.
enum Installed {
  static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

  static func program(_ name: String) -> Bool { isRequired || Peer.find(name) != nil }

  static func perl(_ module: String) -> Bool { isRequired || modules.contains(module) }

  private static let modules = Set(
    ["IO::Socket::SSL", "IO::Socket::Socks", "Net::Server", "Net::Proxy", "POE::Filter::SSL"].filter(
      hasModule))

  private static func hasModule(_ name: String) -> Bool {
    guard let perl = Peer.find("perl") else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: perl)
    // POE itself has to be there before its filters.
    process.arguments = ["-e", "eval { require POE }; require \(name)"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

extension Peer {
  /// A program of the folder `Peers`, run by the interpreter that its name tells.
  static func script(_ name: String, _ arguments: [String]) throws -> Peer {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Peers/\(name)")
    return try Peer(name.hasSuffix(".py") ? "python3" : "perl", [path.path] + arguments)
  }

  /// The same, run to its end.
  static func runScript(_ name: String, _ arguments: [String]) async throws -> (said: String, status: Int32) {
    let peer = try script(name, arguments)
    await peer.endInput()
    return await peer.finish()
  }

  /// Waits for the line `port N …` that a server prints when it listens; answers the numbers.
  func ports() throws -> [Int] {
    let said = read(until: { $0.range(of: "port [0-9 ]+\n", options: .regularExpression) != nil })
    let line = said.split(separator: "\n").first { $0.hasPrefix("port ") }
    let numbers = line?.split(separator: " ").dropFirst().compactMap { Int($0) } ?? []
    guard !numbers.isEmpty else { throw NoPort(said: said) }
    return numbers
  }

  func port() throws -> Int { try ports()[0] }

  struct NoPort: Error { let said: String }
}
