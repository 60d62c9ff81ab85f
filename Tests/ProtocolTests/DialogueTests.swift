import LabProtocols
import Testing

struct DialogueTests {
  @Test func `a relay stands between two parties`() {
    #expect(RelayParty.client.other == .backend)
    #expect(RelayParty.backend.other == .client)
  }
}
