package import LabFacts

/// Everything the data folder holds: lessons in their tracks, beliefs, cards, identities.
package struct Catalog: Equatable, Sendable {
  package var tracks: [Track]
  /// By track, then by code.
  package var lessons: [Lesson]
  package var beliefs: [Belief]
  package var cards: [FailureCode: Explanation]
  package var identities: [IdentityDeclaration]
  package var paths: LearningPaths
  /// The before/after test.
  package var checkItems: [CheckItem]
  /// What the lessons come from; empty where the data folder does not tell.
  package var seeds: [Seed] = []
  /// Files that were left out because they could not be read right.
  package var leftOut: Set<String> = []

  package init(
    tracks: [Track] = [], lessons: [Lesson] = [], beliefs: [Belief] = [],
    cards: [FailureCode: Explanation] = [:], identities: [IdentityDeclaration] = [],
    paths: LearningPaths = LearningPaths(), checkItems: [CheckItem] = []
  ) {
    self.tracks = tracks
    self.lessons = Catalog.sorted(lessons, by: tracks)
    self.beliefs = beliefs
    self.cards = cards
    self.identities = identities
    self.paths = paths
    self.checkItems = checkItems
  }

  /// The lesson with this id or code, in any case.
  package func lesson(_ name: String) -> Lesson? {
    let wanted = name.lowercased()
    return lessons.first { $0.id.lowercased() == wanted || $0.code.lowercased() == wanted }
  }

  /// The lessons of one track, in order.
  package func lessons(in track: String) -> [Lesson] { lessons.filter { $0.track == track } }

  package func track(_ id: String) -> Track? { tracks.first { $0.id == id } }
  package func belief(_ id: String) -> Belief? { beliefs.first { $0.id == id } }
  package func identity(_ name: String) -> IdentityDeclaration? { identities.first { $0.name == name } }
  package func card(for code: FailureCode) -> Explanation? { cards[code] }

  /// The lesson someone may have meant by a name that is none.
  package func nearestLesson(to name: String) -> Lesson? {
    let names = lessons.flatMap { [$0.id, $0.code.lowercased()] }
    return DidYouMean.nearest(to: name.lowercased(), among: names).flatMap { lesson($0) }
  }

  private static func sorted(_ lessons: [Lesson], by tracks: [Track]) -> [Lesson] {
    let order = Dictionary(tracks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return lessons.sorted { a, b in
      let places = (order[a.track] ?? .max, order[b.track] ?? .max)
      return places.0 == places.1 ? (a.code.count, a.code) < (b.code.count, b.code) : places.0 < places.1
    }
  }
}
