import LabCatalog
import LabCore

/// What the catalog screen lists: the ways in at the left, and the lessons of the chosen one.
struct CatalogList: Equatable {
  /// One row of the tracks pane.
  struct Way: Equatable {
    enum Kind: Equatable {
      case all
      case track(Track)
      case path(LearningPaths.Path)
      /// Questions that lead to the lessons that answer them.
      case questions
      /// Lessons with questions that are due.
      case due
    }

    let kind: Kind
    let title: String
    /// How many of its lessons are done, are begun, and have something due.
    let done: Int
    let begun: Int
    let due: Int
    let count: Int
  }

  /// One row of the lessons pane.
  struct Row: Equatable {
    let lesson: Lesson
    /// The question that leads to it.
    var ask: String?
    /// What of a found lesson matched, where that is not its own text.
    var because: String?
  }

  /// How far a lesson has been taken.
  enum Status: Equatable {
    case fresh
    case started(step: Int, of: Int)
    case done
  }

  let ways: [Way]
  /// Tracks without a lesson yet.
  let emptyTracks: Int
  let wayIndex: Int
  let rows: [Row]
  let chosenIndex: Int?
  /// Lessons with questions that are due, the longest overdue first.
  let due: [Lesson]

  var way: Way { ways[wayIndex] }
  var chosen: Row? { chosenIndex.map { rows[$0] } }

  init(_ snapshot: LabSnapshot, _ model: AppModel) {
    let (catalog, progress) = (snapshot.catalog, snapshot.progress)
    let late = CatalogList.dueLessons(snapshot)
    due = late
    ways = CatalogList.ways(catalog, progress, late)
    emptyTracks = catalog.tracks.count { catalog.lessons(in: $0.id).isEmpty }
    wayIndex = min(max(0, model[.tracks].selection ?? 0), ways.count - 1)
    let found =
      model.search.isEmpty
      ? CatalogList.rows(ways[wayIndex].kind, catalog, late)
      : catalog.search(model.search).map { Row(lesson: $0.lesson, because: $0.because) }
    rows = found
    let row = model[.lessons].selection ?? CatalogList.firstOpen(found, progress)
    chosenIndex = found.isEmpty ? nil : min(max(0, row), found.count - 1)
  }

  static func status(of lesson: Lesson, _ progress: Progress) -> Status {
    guard let entry = progress.lessons[lesson.id] else { return .fresh }
    if entry.done != nil { return .done }
    return entry.reached > 0 ? .started(step: entry.reached, of: entry.steps) : .fresh
  }

  func isDue(_ lesson: Lesson) -> Bool { due.contains { $0.id == lesson.id } }

  /// Everything and the tracks; then the path for an evening, the questions, and what is due.
  private static func ways(_ catalog: Catalog, _ progress: Progress, _ late: [Lesson]) -> [Way] {
    let ids = Set(late.map(\.id))
    func way(_ kind: Way.Kind, _ title: String, _ lessons: [Lesson]) -> Way {
      let all = lessons.map { status(of: $0, progress) }
      return Way(
        kind: kind, title: title, done: all.count { $0 == .done },
        begun: all.count { $0 != .done && $0 != .fresh }, due: lessons.count { ids.contains($0.id) },
        count: lessons.count)
    }
    var ways = [way(.all, "All lessons", catalog.lessons)]
    for track in catalog.tracks where !catalog.lessons(in: track.id).isEmpty {
      ways.append(way(.track(track), track.title, catalog.lessons(in: track.id)))
    }
    for path in catalog.paths.paths where !catalog.lessons(of: path).isEmpty {
      ways.append(way(.path(path), path.title, catalog.lessons(of: path)))
    }
    let answered = catalog.answeredQuestions
    if !answered.isEmpty { ways.append(way(.questions, "I have this question", answered.map(\.lesson))) }
    if !late.isEmpty { ways.append(way(.due, "Due today", late)) }
    return ways
  }

  private static func rows(_ kind: Way.Kind, _ catalog: Catalog, _ late: [Lesson]) -> [Row] {
    switch kind {
    case .all: catalog.lessons.map { Row(lesson: $0) }
    case .track(let track): catalog.lessons(in: track.id).map { Row(lesson: $0) }
    case .path(let path): catalog.lessons(of: path).map { Row(lesson: $0) }
    case .questions: catalog.answeredQuestions.map { Row(lesson: $0.lesson, ask: $0.ask) }
    case .due: late.map { Row(lesson: $0) }
    }
  }

  private static func dueLessons(_ snapshot: LabSnapshot) -> [Lesson] {
    let ids = snapshot.catalog.due(snapshot.progress, on: snapshot.today).compactMap(\.lesson)
    let once: [String] = ids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    return once.compactMap { snapshot.catalog.lesson($0) }
  }

  /// Where the bar stands before anyone moves it: the first lesson that is not done.
  private static func firstOpen(_ rows: [Row], _ progress: Progress) -> Int {
    rows.firstIndex { progress.lessons[$0.lesson.id]?.done == nil } ?? 0
  }
}

extension CatalogList.Way.Kind {
  /// A way in that is no track: it stands apart from them.
  var isAside: Bool {
    switch self {
    case .all, .track: false
    case .path, .questions, .due: true
    }
  }
}

extension AppModel {
  /// The lesson that follows: on the path it was opened from, or else in the catalog's order.
  func nextLesson(after lesson: Lesson, _ snapshot: LabSnapshot) -> Lesson? {
    if case .path(let path) = CatalogList(snapshot, self).way.kind {
      let stops = snapshot.catalog.lessons(of: path)
      if let index = stops.firstIndex(where: { $0.id == lesson.id }) {
        return stops.dropFirst(index + 1).first
      }
    }
    return snapshot.catalog.lesson(after: lesson)
  }
}

extension Catalog {
  /// `SP1, SP3` for ids of lessons.
  func codes(_ ids: [String]) -> String {
    ids.map { lesson($0)?.code ?? $0 }.joined(separator: ", ")
  }
}
