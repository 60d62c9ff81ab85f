package import LabFacts

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

  mutating func lessons() -> Catalog {
    let tracks = file("lessons/tracks.yaml", TrackReader.read) ?? []
    let beliefs = file("lessons/beliefs.yaml", BeliefReader.read) ?? []
    let identities = file("certs/pki.yaml", IdentityReader.read) ?? []
    let paths = optionalFile("lessons/paths.yaml", LearningPathsReader.read)
    let items = optionalFile("lessons/checkup.yaml", CheckItemReader.read)
    var lessons: [Lesson] = []
    for folder in source.list("lessons") where folder.hasSuffix("/") && folder != "explanations/" {
      for path in yamlFiles(in: "lessons/" + folder) {
        if let lesson = file(path, { LessonReader.read($0, file: path) }) ?? nil { lessons.append(lesson) }
      }
    }
    var catalog = Catalog(
      tracks: tracks, lessons: lessons, beliefs: beliefs, identities: identities,
      paths: paths ?? LearningPaths(), checkItems: items ?? [])
    catalog.seeds = optionalFile(Seed.file, SeedReader.read) ?? []
    return catalog
  }

  mutating func cards() -> [FailureCode: Explanation] {
    var cards: [FailureCode: Explanation] = [:]
    for path in yamlFiles(in: "lessons/explanations/") {
      guard let card = file(path, { CardReader.read($0, file: path) }) ?? nil else { continue }
      if let other = cards[card.code] {
        problems.append(
          AuthorProblem(
            file: path, place: card.places["code"] ?? .start, code: "L14",
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
    let log = ProblemLog(file: path)
    defer {
      problems += log.problems
      if log.leavesOut { broken.insert(path) }
    }
    switch source.read(path) {
    case .text(let text):
      WhiteSpaceRules.checkEnd(text, log)
      guard let root = YamlFile.root(text, log) else { return nil }
      let content = read(root)
      return log.leavesOut ? nil : content
    case .missing:
      log.add("L01", at: .start, "The file is not there.", help: "A data folder needs it.")
    case .unreadable(let why):
      log.add("L01", at: .start, "The file can't be read: \(why).")
    }
    return nil
  }
}
