import Dispatch
package import LabFacts
import Synchronization

extension Catalog {
  /// Reads the data folder. A broken file never takes the others down: it is left out, and its problems
  /// are in the list. What is wrong between files is the linter's affair.
  package static func load(from source: FileSource) -> (catalog: Catalog, problems: [AuthorProblem]) {
    var (catalog, problems) = loadLessons(from: source)
    let shelf = CardShelf.load(from: source)
    catalog.put(shelf)
    return (catalog, (problems + shelf.problems).sorted())
  }

  /// Reads the data folder at this path.
  package static func load(from directory: String) -> (catalog: Catalog, problems: [AuthorProblem]) {
    load(from: FileSource.disk(root: directory))
  }

  /// Reads everything but the cards: all that the first picture shows.
  package static func loadLessons(from source: FileSource) -> (catalog: Catalog, problems: [AuthorProblem]) {
    var loader = CatalogLoader(source: source)
    var catalog = loader.lessons()
    catalog.leftOut = loader.broken
    return (catalog, loader.problems.sorted())
  }

  /// Reads what the first picture shows and no more: the lessons without their steps. They are most of the text,
  /// and most of the time.
  package static func loadOutline(from source: FileSource) -> Catalog {
    var loader = CatalogLoader(source: source)
    return loader.lessons(LessonReader.outline)
  }

  /// Takes in cards that were read apart.
  package mutating func put(_ shelf: CardShelf) {
    cards = shelf.cards
    leftOut.formUnion(shelf.leftOut)
  }
}

/// The cards of a data folder. There are many, and no picture needs one before something has failed.
package struct CardShelf: Equatable, Sendable {
  package let cards: [FailureCode: Explanation]
  package let problems: [AuthorProblem]
  /// Files that could not be read right.
  package let leftOut: Set<String>

  /// Reads them.
  package static func load(from source: FileSource) -> CardShelf {
    var loader = CatalogLoader(source: source)
    let cards = loader.cards()
    return CardShelf(cards: cards, problems: loader.problems.sorted(), leftOut: loader.broken)
  }
}

/// Goes through the files of a data folder.
struct CatalogLoader {
  let source: FileSource
  private(set) var problems: [AuthorProblem] = []
  /// Files that were left out.
  private(set) var broken: Set<String> = []

  init(source: FileSource) { self.source = source }

  /// All but the cards. `parse` makes a lesson of a file's text.
  mutating func lessons(
    _ parse: @escaping @Sendable (_ text: String, _ file: String, ProblemLog) -> Lesson? = LessonReader.whole
  ) -> Catalog {
    let tracks = file("lessons/tracks.yaml", TrackReader.read) ?? []
    let beliefs = file("lessons/beliefs.yaml", BeliefReader.read) ?? []
    let identities = file("certs/pki.yaml", IdentityReader.read) ?? []
    let paths = optionalFile("lessons/paths.yaml", LearningPathsReader.read)
    let items = optionalFile("lessons/checkup.yaml", CheckItemReader.read)
    let folders = source.list("lessons").filter { $0.hasSuffix("/") && $0 != "explanations/" }
    let lessons = files(folders.flatMap { yamlFiles(in: "lessons/" + $0) }, parse)
    var catalog = Catalog(
      tracks: tracks, lessons: lessons, beliefs: beliefs, identities: identities,
      paths: paths ?? LearningPaths(), checkItems: items ?? [])
    catalog.seeds = optionalFile(Seed.file, SeedReader.read) ?? []
    return catalog
  }

  mutating func cards() -> [FailureCode: Explanation] {
    var cards: [FailureCode: Explanation] = [:]
    let read = files(yamlFiles(in: "lessons/explanations/")) { text, path, log in
      YamlFile.root(text, log).flatMap { CardReader.read($0, file: path) }
    }
    for card in read {
      if let other = cards[card.code] {
        problems.append(
          AuthorProblem(
            file: card.file, place: card.places["code"] ?? .start, code: "L14",
            message: "`\(card.code.rawValue)` already has a card: \(other.file).",
            help: "Keep one of the two."))
      }
      cards[card.code] = card
    }
    return cards
  }

  private func yamlFiles(in folder: String) -> [String] {
    source.list(folder).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map { folder + $0 }
  }

  /// What a file holds that a data folder may do without.
  private mutating func optionalFile<Content>(_ path: String, _ read: (NodeReader) -> Content) -> Content? {
    if case .missing = source.read(path) { return nil }
    return file(path, read)
  }

  /// What a file holds; nothing where it has a problem.
  private mutating func file<Content>(_ path: String, _ read: (NodeReader) -> Content) -> Content? {
    take(FileReading(path, source) { text, log in YamlFile.root(text, log).map(read) })
  }

  /// What many files hold, in their order. Those with a problem are left out. They are read side by side.
  private mutating func files<Content: Sendable>(
    _ paths: [String], _ parse: @escaping @Sendable (_ text: String, _ file: String, ProblemLog) -> Content?
  ) -> [Content] {
    let source = source
    let readings = Mutex<[Int: FileReading<Content>]>([:])
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let path = paths[index]
      let reading = FileReading(path, source) { text, log in parse(text, path, log) }
      readings.withLock { $0[index] = reading }
    }
    let all = readings.withLock(\.self)
    return paths.indices.compactMap { all[$0].flatMap { take($0) } }
  }

  private mutating func take<Content>(_ reading: FileReading<Content>) -> Content? {
    problems += reading.problems
    if reading.isLeftOut { broken.insert(reading.path) }
    return reading.content
  }
}

/// What came of reading one file.
private struct FileReading<Content> {
  let path: String
  private(set) var content: Content?
  let problems: [AuthorProblem]
  let isLeftOut: Bool

  init(_ path: String, _ source: FileSource, _ parse: (_ text: String, ProblemLog) -> Content?) {
    self.path = path
    let log = ProblemLog(file: path)
    switch source.read(path) {
    case .text(let text):
      WhiteSpaceRules.checkEnd(text, log)
      content = parse(text, log)
    case .missing:
      log.add("L01", at: .start, "The file is not there.", help: "A data folder needs it.")
    case .unreadable(let why):
      log.add("L01", at: .start, "The file can't be read: \(why).")
    }
    problems = log.problems
    isLeftOut = log.leavesOut
    if isLeftOut { content = nil }
  }
}

extension FileReading: Sendable where Content: Sendable {}
