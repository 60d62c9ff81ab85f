import Foundation
import LabTesting
import Testing

/// `netlab proxy` as people and other programs start it.
struct ProxyTests {
  /// The address of `listening on 127.0.0.1:40123 (…)`.
  private func address(_ line: Substring) -> String {
    String(line.dropFirst("listening on ".count).prefix { $0 != " " })
  }

  @Test func `stdio through two relays and a proxy gives back every byte, and nothing else`() throws {
    let program = try Program()
    defer { program.remove() }
    let server = try PipedProgram(program, ["serve", "0/tls"])
    let place = address(try server.wait("it listens") { $0.hasPrefix("listening on ") })
    let proxy = try PipedProgram(program, ["proxy", "connect:0,user=me,password=word"])
    let gate = address(try proxy.wait("it listens") { $0.hasPrefix("listening on ") })
    let words = [
      "proxy", "stdio", "connect_tls:localhost:\(port(place)),proxy=\(gate),user=me,password=word",
    ]
    let relay = try PipedProgram(program, words)
    let lines = (1...2000).map { "line \($0)" }
    for line in lines { relay.type(line) }
    let result = try relay.finish()
    #expect(result.lines.map(String.init) == lines)
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  private func port(_ address: String) -> Substring { address.split(separator: ":").last ?? "" }

  @Test func `a relay on stdio that gets nowhere says so beside the payload, and fails`() throws {
    let program = try Program()
    defer { program.remove() }
    let proxy = try PipedProgram(program, ["proxy", "connect:0,refuse=403"])
    let gate = address(try proxy.wait("it listens") { $0.hasPrefix("listening on ") })
    let result = try PipedProgram.call(
      "proxy", "stdio", "connect:localhost:9,proxy=\(gate),user=me,password=hunter2")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("proxy-denied"))
    #expect(!result.errors.contains("hunter2"))
  }

  @Test func `a relay for one client ends well after it`() throws {
    let program = try Program()
    defer { program.remove() }
    let relay = try PipedProgram(program, ["proxy", "--max-connections", "1", "tcp:0", "dummy"])
    let place = address(try relay.wait("it listens") { $0.hasPrefix("listening on ") })
    let client = try PipedProgram.call("proxy", "stdio", "tcp:\(place)")
    #expect(client.status == 0)
    let result = try relay.finish()
    #expect(result.status == 0)
    #expect(result.errors.contains("tcp relay to nowhere"))
  }

  @Test func `what can't be is refused before anything starts`() throws {
    let result = try PipedProgram.call("proxy", "dummy", "tcp:localhost:80")
    #expect(result.status == 2)
    #expect(result.errors.contains("dummy can't be IN: nothing ever connects to it."))
  }
}
