import Foundation
import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// The server as people run it, a process of its own: what thousands of bad clients leave behind in it.
@Suite(
  .serialized, .timeLimit(.minutes(5)),
  .enabled(if: Installed.program("python3"), "python3 is not installed; CI requires it"))
struct ServeCrowdTests {
  @Test func `three thousand bad clients leave no descriptor and little memory behind`() async throws {
    try await Meeting.run { meeting in
      let server = try netlab(
        ["serve", "0/tls,kind=echo", "--quiet", "--backlog", "4096", "--deadline", "60"],
        home: meeting.pki.path("state"))
      let said = await server.read(until: { $0.contains("\n") })
      let port = try #require(said.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }, "\(said)")
      let process = await server.processID
      try await visit(meeting, port, 1)
      let before = try ProcessNumbers(process)
      try await crowd(port)
      try await visit(meeting, port, 2)
      let warm = try ProcessNumbers(process)
      for _ in 0..<2 { try await crowd(port) }
      // The last of them may be on their way out: each visit lets the server's loop go round.
      var after = try ProcessNumbers(process)
      for number in 3..<60 where after.descriptors > before.descriptors {
        try await visit(meeting, port, number)
        after = try ProcessNumbers(process)
      }
      #expect(after.descriptors <= before.descriptors)
      #expect(after.residentKilobytes - warm.residentKilobytes < 16 * 1024)
      print("netlab serve: \(before), after 1000: \(warm), after 3000: \(after)")
      await server.end()
    }
  }

  private func crowd(_ port: Int) async throws {
    let answer = try await Peer.runScript("crowd.py", ["--port", "\(port)"])
    #expect(answer.said == "done\n")
  }

  /// A good client: it is served.
  private func visit(_ meeting: Meeting, _ port: Int, _ number: Int) async throws {
    let client = EndID("visitor", number)
    await meeting.bench.perform(
      .connect(
        client,
        ConnectOrder(
          to: Endpoint("127.0.0.1", port), transport: .tls,
          tls: TLSOptions(verify: false, serverName: "netlab.test"),
          handshakeDeadlineMilliseconds: 60_000)),
      .send(client, Array("good".utf8)), .close(client, .half))
    let end = try await meeting.over(client)
    try #require(end.dataReceived.kept == Array("good".utf8), "\(end.failures)")
  }

  private func netlab(_ arguments: [String], home: String) throws -> Peer {
    let given = ProcessInfo.processInfo.environment["NETLAB_BINARY"]
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    return try Peer(
      given ?? root + "/.build/debug/netlab", arguments,
      environment: ["NETLAB_DATA": root, "XDG_STATE_HOME": home, "HOME": home])
  }
}

/// What the kernel counts of a process.
struct ProcessNumbers: CustomStringConvertible {
  let descriptors: Int
  let residentKilobytes: Int

  init(_ process: Int32) throws {
    descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
    residentKilobytes = try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
  }

  var description: String { "\(descriptors) descriptors, \(residentKilobytes) kB" }
}
