import Foundation
import LabTesting
import Testing

/// `netlab connect` and its sisters, as a shell meets them.
@Suite struct ConnectTests {
  /// Runs a body with a server of the lab, and the ports of its listeners.
  private func withServer(_ specs: [String], _ body: (Program, [String]) throws -> Void) throws {
    let program = try Program()
    defer { program.remove() }
    let server = try PipedProgram(program, ["serve"] + specs)
    var ports: [String] = []
    while ports.count < specs.count {
      let new = try server.wait("it listens") { $0.hasPrefix("listening on ") }
      ports += new.matches(of: #/listening on [^ ]*:(\d+) /#).map { String($0.1) }
    }
    try body(program, ports)
  }

  /// A pipe like the one ssh makes for its ProxyCommand.
  private func shell(_ program: Program, _ line: String) throws -> (status: Int32, errors: String) {
    let process = Process()
    let errors = Pipe.forOneChild()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.environment = program.environment.merging(["NETLAB": Program.path]) { _, new in new }
    (process.standardInput, process.standardError) = (FileHandle.nullDevice, errors)
    try process.run()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }

  @Test(arguments: [("tcp", ""), ("tls", "--tls")])
  func `a mebibyte goes both ways through a pipe, and nothing else comes out`(proto: String, flag: String)
    throws
  {
    try withServer(["0/\(proto),kind=echo"]) { program, ports in
      let (input, output) = (program.state.path + "/in", program.state.path + "/out")
      var random = SystemRandomNumberGenerator()
      let bytes = Data((0..<1_048_576).map { _ in UInt8.random(in: 0...255, using: &random) })
      try bytes.write(to: URL(fileURLWithPath: input))
      let result = try shell(
        program, "\"$NETLAB\" connect --quiet \(flag) localhost:\(ports[0]) < \(input) > \(output)")
      #expect(result.status == 0)
      #expect(result.errors == "")
      #expect(try Data(contentsOf: URL(fileURLWithPath: output)) == bytes)
    }
  }

  @Test func `the ladder is told on stderr, the answer on stdout`() throws {
    try withServer(["0/tls,kind=echo"]) { program, ports in
      let session = try PipedProgram(program, ["connect", "--tls", "localhost:\(ports[0])", "--hexdump"])
      session.type("0")
      let result = try session.finish()
      #expect(result.status == 0)
      #expect(result.output == "0\n")
      for part in [
        "asks for the name localhost (SNI)", "ClientHello", "verify 0 ok", "agreed", "> 00000000  30 0a",
        "closed clean",
      ] { #expect(result.errors.contains(part), "\(part)") }
    }
  }

  @Test func `an address is not asked for, and that is said`() throws {
    try withServer(["0/tls,kind=echo"]) { program, ports in
      let session = try PipedProgram(program, ["connect", "--tls", "127.0.0.1:\(ports[0])", "--ladder-only"])
      let result = try session.finish()
      #expect(result.status == 0)
      #expect(result.errors.contains("no SNI is sent because 127.0.0.1 is an address"))
    }
  }

  @Test func `starttls ends with the protocol under TLS`() throws {
    try withServer(["0/tcp,kind=imap"]) { program, ports in
      let session = try PipedProgram(program, ["connect", "--starttls", "imap", "localhost:\(ports[0])"])
      session.type("a LOGOUT")
      let result = try session.finish()
      #expect(result.status == 0)
      #expect(result.output.hasPrefix("* OK [CAPABILITY "))
      #expect(result.output.contains("a OK"))
      #expect(result.errors.contains(/imap +-> [^ ]+ STARTTLS/))
    }
  }

  @Test(arguments: [
    (["--tls"], "0/tcp,kind=echo", "tls-to-plain-port"),
    (["--tls", "--verify-name", "other.test"], "0/tls,kind=echo", "hostname-mismatch"),
    (["--via", "http://u:geheim@127.0.0.1:PORT"], "0/tcp,kind=echo", "http-malformed"),
  ])
  func `a failure has a card, status 1, and an empty stdout`(
    flags: [String], spec: String, code: String
  ) throws {
    try withServer([spec]) { program, ports in
      let given = flags.map { $0.replacingOccurrences(of: "PORT", with: ports[0]) }
      let result = try PipedProgram(program, ["connect"] + given + ["localhost:\(ports[0])"]).finish()
      #expect(result.status == 1)
      #expect(result.output == "")
      #expect(result.errors.contains("netlab explain \(code)"), "\(result.errors)")
      #expect(result.errors.contains("What it is NOT"))
      // No library said anything where the bytes were no HTTP.
      #expect(result.errors.contains("Word for word") == (code != "http-malformed"))
      #expect(!result.errors.contains("geheim"))
    }
  }

  @Test(arguments: [
    (["connect", "localhost"], "Which port?"), (["connect", "https://a"], "--tls a:443"),
    (["connect", "a:1", "--sni", "x"], "--sni is an option of TLS"),
    (["connect", "a:1", "--starttls", "imp"], "Did you mean imap?"),
    (["connect", "a:1", "--tls", "--starttls", "imap"], "choose the one"),
    (["connect", "a:1", "--double-handshake", "inside"], "needs a first one"),
    (["connect", "a:1", "--via", "socks5://geheim@h"], "1 to 255"), (["conns", "0"], "1 to 65535"),
    (["explain"], "Name one error"), (["certs", "show", "sever"], "Did you mean server?"),
  ])
  func `wrong use is told, with status 2`(arguments: [String], complaint: String) throws {
    let program = try Program()
    defer { program.remove() }
    let result = try PipedProgram(program, arguments).finish()
    #expect(result.status == 2)
    #expect(result.errors.contains(complaint), "\(result.errors)")
    #expect(!result.errors.contains("geheim"))
  }

  @Test func `bytes are shown in colons and in rows`() throws {
    #expect(try PipedProgram.call("hexdump", "test").output == "74:65:73:74\n")
    #expect(
      try PipedProgram.call("hexdump", "--canonical", "test").output
        == "00000000  74 65 73 74                                       |test|\n")
  }

  @Test func `an old code leads to its card, and an unknown word to its neighbour`() throws {
    let known = try PipedProgram.call("explain", "140770FC")
    #expect(known.status == 0)
    #expect(known.output.contains("0A00010B") && known.output.contains("Card tls-to-plain-port"))
    let unknown = try PipedProgram.call("explain", "unknwon_ca")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("Did you mean unknown_ca?"))
  }
}
