import Foundation
import Glibc
import LabTesting
import Testing

/// `netlab serve` as scripts and operators meet it.
@Suite struct ServeCommandTests {
  @Test func `every listener says where it listens, and a signal ends all with a table`() throws {
    let server = try ServeProgram(["0/tls", "0/tcp,kind=greet", "0/udp"])
    let ports = try server.ports(3)
    #expect(server.said.contains("listening on 127.0.0.1:\(ports[0]) (tls, echo)\n"))
    let greeted = try RawClient(port: ports[1])
    try greeted.send(Array("Herbert".utf8))
    #expect(try greeted.receive(12) == Array("Hey Herbert!".utf8))
    let datagram = try RawClient(port: ports[2], datagram: true)
    try datagram.send(Array("ping".utf8))
    #expect(try datagram.receive(4) == Array("ping".utf8))
    greeted.endOutput()
    try server.wait(for: "closed (clean)")
    server.signal(SIGTERM)
    #expect(try server.finish() == 0)
    #expect(server.told.contains(/total +2 +2 +0 +0 +11 +16\n/))
    #expect(!server.told.contains("Herbert"))
  }

  @Test(arguments: [
    (["80/sctp"], "tcp, tls, udp"), (["80,kinf=echo"], "Did you mean kind?"),
    (["9999/udp,kind=http"], "needs a stream"), (["80", "--cert", "x"], "write 80/tls"),
    ([], "Where should it listen?"),
    (["0", "--quiet", "-v"], "choose one"), (["0/tls,cert=/nonexistent"], "/nonexistent"),
    (["203.0.113.7:0"], "errno 99"), (["--config", "/nonexistent"], "can't be read"),
    (["0/tls", "--identity", "nobody"], "nobody"), (["0/tls", "--ciphers", "NIX"], "NIX"),
  ])
  func `what can't be served is told, with status 2`(arguments: [String], complaint: String) throws {
    let server = try ServeProgram(arguments)
    #expect(try server.finish() == 2)
    #expect(server.told.contains(complaint), "\(server.told)")
    #expect(server.said == "")
  }

  @Test func `a port that is taken ends them all`() throws {
    let first = try ServeProgram(["0", "--quiet"])
    let port = try first.ports(1)[0]
    let second = try ServeProgram(["0", "\(port)"])
    #expect(try second.finish() == 2)
    #expect(second.told.contains("errno 98") && second.told.contains("ss -ltnp 'sport = :\(port)'"))
    #expect(second.said == "")
    first.signal(SIGINT)
    #expect(try first.finish() == 0)
    #expect(first.told == "")
  }

  @Test func `the socket file of a dead server is replaced, that of a living one is not`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(UUID().uuidString.prefix(8)).sock"
    ).path
    defer { unlink(path) }
    let dead = try ServeProgram(["unix:\(path)"])
    _ = try dead.ports(1)
    dead.signal(SIGKILL)
    #expect(try dead.finish() == SIGKILL)
    #expect(FileManager.default.fileExists(atPath: path))
    let living = try ServeProgram(["unix:\(path)"])
    _ = try living.ports(1)
    let late = try ServeProgram(["unix:\(path)"])
    #expect(try late.finish() == 2)
    #expect(late.told.contains("a server answers on it"))
    living.signal(SIGTERM)
    #expect(try living.finish() == 0)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `SIGTERM lets a transfer finish`() throws {
    let server = try ServeProgram(["0", "--grace", "20"])
    let client = try RawClient(port: try server.ports(1)[0])
    let piece = [UInt8](repeating: 0x61, count: 64 * 1024)
    try client.send(piece)
    #expect(try client.receive(10) == Array(piece.prefix(10)))
    server.signal(SIGTERM)
    // Its listener is gone as soon as nobody is let in any more.
    while (try? RawClient(port: try server.ports(1)[0])) != nil {}
    try client.send(piece)
    client.endOutput()
    #expect(try client.receive(.max).count == 2 * piece.count - 10)
    #expect(try server.finish() == 0)
    #expect(server.told.contains("closed (clean), 131072 B in, 131072 B out"))
  }

  @Test func `a second signal waits for nobody`() throws {
    let server = try ServeProgram(["0", "--grace", "3600"])
    let client = try RawClient(port: try server.ports(1)[0])
    try client.send([0x61])
    #expect(try client.receive(1) == [0x61])
    server.signal(SIGINT)
    while (try? RawClient(port: try server.ports(1)[0])) != nil {}
    server.signal(SIGINT)
    #expect(try server.finish() == 0)
  }

  @Test func `without descriptors a server waits, and goes on when there are some again`() throws {
    let server = try ServeProgram(["0"], shell: "ulimit -n 40")
    let port = try server.ports(1)[0]
    var clients = try (0..<60).map { _ in try RawClient(port: port) }
    try server.wait(for: "too-many-files")
    let last = try #require(clients.last)
    clients = []
    try last.send([0x61])
    #expect(try last.receive(1) == [0x61])
    #expect(server.isRunning)
    last.endOutput()
    server.signal(SIGTERM)
    #expect(try server.finish() == 0)
  }

  @Test(arguments: ["leave", "reset", "garbage"])
  func `a thousand bad clients end no server and leave nothing behind`(manner: String) throws {
    let server = try ServeProgram(["0/tls", "0"])
    let ports = try server.ports(2)
    func round(_ count: Int) throws {
      for _ in 0..<count {
        let client = try RawClient(port: ports[0])
        if manner == "garbage" { try client.send(Array("hello, is it me?\r\n".utf8)) }
        if manner == "reset" { client.resetAtEnd() }
      }
    }
    // Some that reset are gone before accept() sees them: the last of a round is one that can't be missed.
    func settle() throws {
      let last = try RawClient(port: ports[0])
      let port = last.port
      try last.send(Array("hello, is it me?\r\n".utf8))
      last.endOutput()
      _ = try last.receive(.max)
      try server.wait(for: "127.0.0.1:\(port) closed (")
    }
    try round(200)
    try settle()
    let before = try server.usage()
    try round(800)
    try settle()
    let after = try server.usage()
    #expect(abs(after.descriptors - before.descriptors) < 20, "\(before) \(after)")
    #expect(after.memory - before.memory < 8 * 1024, "\(before) \(after)")
    let good = try RawClient(port: ports[1])
    try good.send([0x61])
    #expect(try good.receive(1) == [0x61])
    good.endOutput()
    server.signal(SIGTERM)
    #expect(try server.finish() == 0)
  }

  @Test func `JSON is one object a line, without anybody's words, and a summary last`() throws {
    let server = try ServeProgram(["0", "--json", "-vvv"])
    while !server.said.contains("\"port\":") {
      _ = try server.ports(server.said.split(separator: "\n").count + 1)
    }
    let listening = try #require(server.said.firstMatch(of: /"listening".*"port":(\d+)/))
    let client = try RawClient(port: try #require(Int(listening.1)))
    try client.send(Array("secret".utf8))
    #expect(try client.receive(6).count == 6)
    client.endOutput()
    #expect(try client.receive(1).isEmpty)
    server.signal(SIGTERM)
    #expect(try server.finish() == 0)
    let objects = try server.said.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    #expect(objects.last?["event"] as? String == "summary")
    #expect(!server.said.contains("115,101,99"))
  }

  @Test func `a file lists listeners, and shows who said what`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml").path
    defer { unlink(path) }
    try "listeners:\n  - listen: 8443/tls\n    deadline: 3\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    let shown = try ServeProgram(["--config", path, "--show-config", "--backlog", "5"])
    #expect(try shown.finish() == 0)
    #expect(shown.said.contains(/deadline  3  \(.*\.yaml:3:15\)\n/), "\(shown.said)")
    #expect(shown.said.contains("backlog   5  (flag)"))
    try "listeners:\n  - listen: 80\n    knid: http\n".write(toFile: path, atomically: true, encoding: .utf8)
    let refused = try ServeProgram(["--config", path])
    #expect(try refused.finish() == 2)
    #expect(refused.told.contains(":3:5: error"))
  }
}
