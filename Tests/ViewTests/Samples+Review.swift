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

  /// A path of two lessons, and two questions.
  static var withWays: LabSnapshot {
    var snapshot = Samples.remembering
    snapshot.catalog.paths = LearningPaths(
      paths: [
        .init(
          title: "One evening", about: "Two lessons, about half an hour.",
          stops: [.init("SP2"), .init("WB1")])
      ],
      questions: [
        .init(
          ask: "My own client reaches the TLS server. Why does my browser not?", lesson: .init("WB1")),
        .init(
          ask: "My server listens on one port. Why does it report another one, and a new one each time?",
          lesson: .init("SP2")),
      ])
    return snapshot
  }

  /// As many lessons as the curriculum has, each needing the one before or the first of its track; some done.
  static var many: LabSnapshot {
    var snapshot = Samples.withWays
    let tracks = snapshot.catalog.tracks
    var lessons: [Lesson] = []
    for (index, track) in tracks.enumerated() {
      for number in 1...(index == 0 ? 12 : 11) {
        var lesson = named(
          "\(track.id)-\(number)", "\(track.code)\(number)", track.id, "Lesson \(number) of its track", 5)
        let first = "\(track.id)-1"
        if number > 1 { lesson.needs = [number % 4 == 0 ? "\(track.id)-\(number - 1)" : first] }
        if number == 1, index > 0 { lesson.needs = ["\(tracks[index - 1].id)-1"] }
        if number < 3 {
          var done = Progress.Entry()
          (done.reached, done.steps, done.done) = (1, 1, "2026-11-20")
          snapshot.progress.lessons[lesson.id] = done
        }
        lessons.append(lesson)
      }
    }
    snapshot.catalog = Catalog(
      tracks: tracks, lessons: lessons, beliefs: snapshot.catalog.beliefs, cards: snapshot.catalog.cards)
    return snapshot
  }
}
