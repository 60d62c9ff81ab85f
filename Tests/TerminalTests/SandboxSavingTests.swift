import Foundation
import LabTesting
import Testing

extension TerminalTests {
  /// What the sandbox writes, taken at its word by the program itself.
  @Suite struct SandboxSavingTests {
    /// The program with a data folder of its own, so that what is saved can be looked at.
    private static func withData(_ body: (Program, URL) throws -> Void) throws {
      let program = try Program()
      defer { program.remove() }
      let data = program.state.appendingPathComponent("data")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      for part in ["lessons", "certs"] {
        try FileManager.default.copyItem(
          at: URL(fileURLWithPath: Program.root).appendingPathComponent(part),
          to: data.appendingPathComponent(part))
      }
      try body(program, data)
    }

    private static func plain(_ lines: [String], _ program: Program, _ data: URL) throws -> String {
      let session = try PipedProgram(program, ["--plain", "--data", data.path])
      for line in lines { session.type(line) }
      let result = try session.finish()
      #expect(result.status == 0)
      return result.output
    }

    @Test(
      .timeLimit(.minutes(2)),
      arguments: [
        [], ["tsrv: certificate: expired"], ["tcli: plaintext on a TLS port"],
        ["tcli: three bytes, then silence"],
        ["tsrv: never call accept()"], ["tcli: RST in place of FIN"], ["tsrv: stall before Certificate"],
        ["tcli: check no certificate", "tsrv: certificate: self-signed"], ["tsrv: a second handshake"],
      ])
    func `a saved run passes lint, and runs as it did`(faults: [String]) throws {
      try Self.withData { program, data in
        let list = try Self.plain(["sandbox", "faults", "b"], program, data)
        let numbers = try faults.map { fault in
          let row = try #require(list.split(separator: "\n").first { $0.hasSuffix("  \(fault)") })
          return String(row.split(separator: " ")[0])
        }
        let said = try Self.plain(
          ["sandbox", "ask"] + numbers.map { "fault \($0)" } + ["run", "save", "b"], program, data)
        #expect(said.contains("Saved sp"), "\(said.suffix(600))")
        let lint = try PipedProgram(program, ["lint", "--data", data.path]).finish()
        #expect(lint.status == 0, "\(lint.output)")
        #expect(!lint.output.contains("from-the-sandbox"), "\(lint.output)")
        let run = try PipedProgram(program, ["run", "SP90", "--data", data.path]).finish()
        #expect(run.status == 0, "\(run.output)")
      }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["netlab", "openssl"])
    func `the commands of a TLS pair reach each other`(tool: String) throws {
      try Self.withData { program, data in
        let server = try PipedProgram(program, ["serve", "0/tls", "--kind", "greet", "--data", data.path])
        let told = try server.wait("a port") { $0.contains("listening on") }
        let port = try #require(
          told.split(separator: " ").first { $0.hasPrefix("127.0.0.1:") }?.split(separator: ":")[1])
        let settings = try Self.plain(["sandbox", "list", "b"], program, data)
        let row = try #require(settings.split(separator: "\n").first { $0.hasSuffix("tsrv port: auto") })
        let said = try Self.plain(
          ["sandbox", "\(row.split(separator: " ")[0]) \(port)", "commands", "b"], program, data)
        let line = try #require(
          said.split(separator: "\n").first {
            $0.contains("| \(tool == "netlab" ? "netlab connect" : "openssl s_client")")
          })
        let shell = Process()
        let output = Pipe.forOneChild()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", line.replacing("| netlab ", with: "| '\(Program.path)' ") + " 2>/dev/null"]
        shell.environment = program.environment
        shell.standardOutput = output
        try shell.run()
        let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(answer.contains("Hey Herbert!"), "\(line)\n\(answer)")
      }
    }
  }
}
