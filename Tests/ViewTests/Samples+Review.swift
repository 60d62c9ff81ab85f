import LabCore
import LabFacts

@testable import LabCatalog

extension Samples {
  static let due = ShortQuestion(
    ask: "A server on port 25 has three mail clients. Which port do its three connections have at its end?",
    choices: ["25, all three", "three others, chosen by the kernel", "25, 26 and 27"], correct: [0],
    why: "An accepted connection keeps the port of the listener.")

  static let several = ShortQuestion(
    ask: "Which two tell one connection from another?",
    choices: ["the client's port", "the client's address", "the weather"],
    correct: [0, 1], why: "Four numbers name a connection, and two of them are the client's.")

  /// Two questions of a lesson that was done a week ago, and a test of two.
  static var remembering: LabSnapshot {
    var snapshot = Samples.snapshot()
    var lessons = snapshot.catalog.lessons
    lessons[0].steps.append(
      Step(
        id: "recall",
        kind: .recall([
          RecallItem(ask: due.ask, choices: due.choices, correct: due.correct, belief: "M01", why: due.why),
          RecallItem(ask: several.ask, choices: several.choices, correct: several.correct, why: several.why),
        ])))
    snapshot.catalog.lessons = lessons
    snapshot.catalog.checkItems = [
      CheckItem(belief: "M01", question: due),
      CheckItem(
        belief: "M03",
        question: ShortQuestion(
          ask: "A handshake fails before a certificate was sent. What is to blame?",
          choices: ["the certificate", "something in the first bytes"], correct: [1],
          why: "What has not crossed the wire can't be to blame.")),
    ]
    snapshot.today = Day(number: 20_784)
    snapshot.catalog.enrollDone(in: &snapshot.progress)
    return snapshot
  }
}
