import Foundation
import LabCatalog
import LabRuntime
import Testing

/// A lesson of one step, given as the text of its programs and of what they do.
struct ActorsCase: CustomTestStringConvertible, Sendable {
  let name: String
  let actors: String
  let step: String

  init(_ name: String, _ actors: String, _ step: String) {
    self.name = name
    self.actors = actors
    self.step = step
  }

  var testDescription: String { name }

  private var yaml: String {
    """
    netlab: 1
    id: sp9-actors
    code: SP9
    track: sockets
    title: "Programs"
    question: "What do these programs do?"
    minutes: 1
    level: 1
    actors:
    \(Self.indented(actors, by: 2))
    steps:
      - id: run
    \(Self.indented(step, by: 4))

    """
  }

  private static func indented(_ text: String, by count: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }

  /// Plays it on real sockets with the lab's own identities.
  func play() async throws -> LessonReport {
    let pki = try String(contentsOfFile: Shipped.folder + "/certs/pki.yaml", encoding: .utf8)
    let (catalog, problems) = Catalog.loadLessons(
      from: .memory([
        "lessons/tracks.yaml":
          "tracks:\n  - { id: sockets, code: SP, title: \"Sockets\", about: \"Ports.\" }\n",
        "lessons/beliefs.yaml": "beliefs: []\n",
        "certs/pki.yaml": pki, "lessons/sockets/sp9-actors.yaml": yaml,
      ]))
    #expect(problems.map(\.description) == [])
    let lab = LabRuntime(catalog: catalog, surroundings: Shipped.surroundings) { _ in }
    await lab.start()
    let report = await lab.play("sp9-actors", with: AutoPlayer())
    await lab.shutDown()
    return try #require(report)
  }
}
