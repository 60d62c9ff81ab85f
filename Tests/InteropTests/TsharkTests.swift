import Foundation
import LabCapture
import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// What netlab exports, read by Wireshark's tshark.
@Suite(.serialized, .timeLimit(.minutes(3)), .enabled(if: Installed.program("tshark")))
struct TsharkTests {
  /// A file with the run of a body, and the words of tshark about it.
  private func capture(_ meeting: Meeting) async throws -> (file: Scratch, capture: Capture) {
    let capture = Capture(
      await meeting.bench.allFacts, .init(program: "netlab 0", title: "a test", began: 1_700_000_000_000_000))
    let folder = try Scratch()
    try Data(capture.bytes).write(to: folder.url.appendingPathComponent("run.pcapng"))
    return (folder, capture)
  }

  private func tshark(_ folder: Scratch, _ arguments: [String]) async throws -> String {
    let answer = try await Peer.run(
      "tshark",
      [
        "-r", "\(folder.path)/run.pcapng", "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE",
        "-o", "udp.check_checksum:TRUE",
      ] + arguments)
    #expect(answer.status == 0, "\(answer.said)")
    // It warns of root, whom it does not need to be.
    return answer.said.split(separator: "\n").filter { !$0.hasPrefix("Running as user") }.joined(
      separator: "\n")
  }

  private static let complaints =
    "_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0 || udp.checksum.status == 0"

  @Test(arguments: [nil, TLSVersion.tls12, .tls13], ["127.0.0.1", "::1"])
  func `it finds nothing to complain of, and reads what was said`(version: TLSVersion?, host: String)
    async throws
  {
    try await Meeting.run { meeting in
      let transport: Transport = version == nil ? .plain : .tls
      let tls = version.map { Meeting.only($0, Meeting.server) }
      let port = try await meeting.listen(
        ListenOrder(host: host, transport: transport, kind: .greet, tls: tls))
      await meeting.connect(
        ConnectOrder(
          to: Endpoint(host, port), transport: transport, tls: version == nil ? nil : Meeting.trusting))
      _ = try await meeting.exchange("Herbert", for: "Hey Herbert!")
      _ = try await meeting.over()
      let (folder, capture) = try await capture(meeting)
      defer { folder.remove() }
      #expect(capture.leftOut == [])
      #expect((capture.secretCount > 0) == (version != nil))
      #expect(try await tshark(folder, ["-Y", TsharkTests.complaints]) == "")
      let layer = version == nil ? "tcp" : "tls"
      let said = try await tshark(folder, ["-q", "-z", "follow,\(layer),ascii,0"])
      #expect(said.contains("Herbert") && said.contains("Hey Herbert!"))
      // Each direction ends once, and everything is there once.
      let ends = try await tshark(folder, ["-Y", "tcp.flags.fin == 1", "-T", "fields", "-e", "tcp.srcport"])
      #expect(Set(ends.split(separator: "\n")).count == 2)
      let ports = try await tshark(
        folder, ["-Y", "tcp.flags.syn == 1", "-T", "fields", "-e", "tcp.dstport", "-e", "frame.comment"])
      #expect(ports.contains("\(port)\tSYN: inferred, not captured"))
    }
  }

  @Test func `a large answer under TLS is whole, and what was not kept is told by its length`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .tls, kind: .echo, tls: Meeting.server))
      await meeting.connect(port)
      try await meeting.bench.wait("the client is up") { $0.ends[Meeting.client]?.tls.established != nil }
      let many = Array(repeating: UInt8(ascii: "x"), count: 40_000)
      await meeting.bench.perform(.send(Meeting.client, many))
      try await meeting.bench.wait("it comes back") {
        ($0.ends[Meeting.client]?.dataReceived.total ?? 0) >= 40_000
      }
      await meeting.bench.perform(.close(Meeting.client, .clean))
      _ = try await meeting.over(Meeting.client)
      let (folder, _) = try await capture(meeting)
      defer { folder.remove() }
      #expect(try await tshark(folder, ["-Y", TsharkTests.complaints]) == "")
      let said = try await tshark(folder, ["-q", "-z", "follow,tls,ascii,0"])
      #expect(said.count { $0 == "x" } >= 80_000)
    }
  }

  @Test func `a reset is a reset`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .plain, kind: .greet))
      await meeting.connect(ConnectOrder(to: Endpoint("127.0.0.1", port), transport: .plain))
      try await meeting.bench.wait("both are open") {
        $0.ends[Meeting.client]?.opening != nil && $0.ends[Meeting.ours]?.opening != nil
      }
      await meeting.bench.perform(.close(Meeting.client, .reset))
      _ = try await meeting.over()
      _ = try await meeting.over(Meeting.client)
      let (folder, _) = try await capture(meeting)
      defer { folder.remove() }
      #expect(try await tshark(folder, ["-Y", TsharkTests.complaints]) == "")
      let resets = try await tshark(
        folder, ["-Y", "tcp.flags.reset == 1", "-T", "fields", "-e", "tcp.dstport"])
      #expect(resets == "\(port)")
    }
  }

  @Test func `no lesson wants a port that it takes for another protocol's`() async throws {
    let decodes = try await Peer.run("tshark", ["-G", "decodes"]).said
    let taken = decodes.split(separator: "\n").reduce(into: [Int: Substring]()) { ports, line in
      let parts = line.split(separator: "\t")
      if parts.count == 3, parts[0] == "tcp.port", let port = Int(parts[1]) { ports[port] = parts[2] }
    }
    #expect(taken[8023] != nil)
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("lessons")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "yaml" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /prefer_port: (\d+)(, insist: true)?/) {
        let name = Int(match.1).flatMap { taken[$0] }
        // A port that is insisted on is what the lesson is about, such as 443.
        #expect(name == nil || match.2 != nil, "\(file.lastPathComponent): \(match.1)")
      }
    }
  }
}
