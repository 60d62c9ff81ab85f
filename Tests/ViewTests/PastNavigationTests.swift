import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// Keys in a saved run, and while looking back in a live one.
@Suite struct PastNavigationTests {
  @Test func `in a saved run the keys go through its events and nothing else is asked for`() {
    var person = Person(Samples.replay())
    person.model = .replaying(ascii: true)
    #expect(
      person.press(" ", .backspace, "r", "P", "N", .home, .end) == [
        .intent(.stepForward), .intent(.stepBack), .intent(.replay), .intent(.look(.stepBefore)),
        .intent(.look(.stepAfter)), .intent(.look(.first)), .intent(.look(.last)),
      ])
    #expect(person.press("R", "D", "o", "H", "F", "a", ".", .escape) == [])
    person.press("S")
    #expect(person.press("j") == [.save(.json)])
    #expect(person.press("q") == [.quit])
  }

  @Test func `a saved run has no sandbox, and is saved in forms that it has`() {
    var person = Person(Samples.replay())
    person.model = .replaying(ascii: true)
    person.model.stack = [.lesson, .card(failure: 1, inDemo: false)]
    #expect(person.press("o") == [])
    #expect(person.model.message == "A saved run has no programs to set up.")
    #expect(person.model.screen == .card(failure: 1, inDemo: false))
    person.model.stack = [.lesson]
    person.press("S")
    #expect(person.screen.contains("w  packets for Wireshark"))
    #expect(!person.screen.contains("hand-out to print") && !person.screen.contains("secrets"))
  }

  @Test func `while looking back keys go by steps, and answers wait for the present`() {
    var snapshot = Samples.snapshot(Samples.run())
    var person = Person(snapshot)
    #expect(person.press("P") == [.intent(.look(.stepBefore))])
    snapshot.cursor = .past(event: 2, of: 9)
    person.snapshot = snapshot
    #expect(
      person.press("N", .home, .end, "a") == [
        .intent(.look(.stepAfter)), .intent(.look(.first)), .intent(.look(.last)),
      ])
    #expect(person.screen.contains("Press . for live"))
  }
}
