import LabCore
import LabFacts
import LabRuntime
import LabTesting
import Testing

/// The machine's table with a connection in it that the test knows.
struct ConnsTests {
  @Test func `both ends of a connection are found, with who chose each number`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("srv", ListenOrder(transport: .plain, kind: .echo)))
      let state = try await bench.wait("it listens") { $0.servers["srv"]?.listening != nil }
      let to = try #require(state.servers["srv"]?.listening?.endpoint)
      await bench.perform(.connect(EndID("cli", 1), ConnectOrder(to: to, transport: .plain)))
      let open = try await bench.wait("both are open") {
        $0.ends[EndID("cli", 1)]?.opening != nil && $0.ends[EndID("srv", 1)]?.opening != nil
      }
      let own = try #require(open.ends[EndID("cli", 1)]?.local)
      let list = try #require(ConnectionList.read())
      let rows = list.chosen(port: to.port, all: false)
      let listener = try #require(rows.first { $0.socket.state == .listen })
      let client = try #require(rows.first { $0.socket.local == own })
      let server = try #require(rows.first { $0.socket.peer == own })
      #expect(listener.peerPort == nil)
      #expect(listener.localPort == (list.range?.contains(to.port) == true ? .listenerInRange : .listener))
      #expect(client.localPort == .ephemeral && client.peerPort == .target && client.hasOtherEnd)
      #expect(server.localPort == .accepted && server.peerPort == .ephemeral && server.hasOtherEnd)
      #expect(listener.programs.count == 1)
      #expect(listener.programs == client.programs)
    }
  }

  @Test func `a pinned port outside the kernel's range is concluded to be the program's`() async throws {
    let range = try #require(ConnectionList.read()?.range)
    #expect(PortOrigin.bound.words(range).contains("outside the kernel's range \(range)"))
    #expect(PortOrigin.allCases.filter { $0.words(range).hasPrefix("seen") }.count == 3)
  }
}
