import LabCore
import LabFacts
import LabTesting
import Testing

/// The application's bytes in a record: told only where they can be told from others.
struct InsideTests {
  private let tcli = EndID("tcli", 1)

  private func record(_ direction: Direction, _ text: String) -> Fact {
    .wire(tcli, direction, FactStory.sealed(text))
  }

  private func data(_ direction: Direction, _ text: String) -> Fact {
    .data(tcli, direction, Bytes(text: text))
  }

  /// What is shown of each record, in their order.
  private func inside(_ facts: Fact...) -> [String?] {
    var story = FactStory()
    for fact in facts { story.tell(fact) }
    guard let end = story.state.ends[tcli] else { return [] }
    return end.wire.elements.map { end.inside($0)?.text }
  }

  @Test func `a chunk that became one record, or came out of one, is shown at it`() {
    #expect(
      inside(
        data(.sent, "Kim"), record(.sent, "Kim"), data(.sent, "Ann"), record(.sent, "Ann"),
        record(.received, "Hey Kim"), data(.received, "Hey Kim"), record(.received, "Hey Ann"),
        data(.received, "Hey Ann")) == ["Kim", "Ann", "Hey Kim", "Hey Ann"])
  }

  @Test func `the other direction between them does not matter`() {
    #expect(
      inside(
        data(.sent, "Kim"), record(.received, "Ann"), record(.sent, "Kim"), data(.received, "Ann"))
        == ["Ann", "Kim"])
  }

  @Test func `records that were read in one go show nothing, rather than what is in both`() {
    #expect(
      inside(record(.received, "Kim"), record(.received, "Ann"), data(.received, "KimAnn")) == [nil, nil])
  }

  @Test func `chunks that were written in one go show nothing, rather than another's text`() {
    #expect(
      inside(data(.sent, "Kim"), data(.sent, "Ann"), record(.sent, "Kim"), record(.sent, "Ann"))
        == [nil, nil])
  }

  @Test func `what was said in clear before TLS does not hide what comes after`() {
    let clear = WireSegment(kind: .clear, offset: 0, bytes: Bytes(text: "Ann"))
    #expect(
      inside(data(.sent, "Ann"), .wire(tcli, .sent, clear), data(.sent, "Kim"), record(.sent, "Kim"))
        == [nil, "Kim"])
  }

  @Test func `what is larger than the record has room for is not in it`() {
    #expect(inside(record(.received, "Kim"), data(.received, "KimAnn12")) == [nil])
  }
}
