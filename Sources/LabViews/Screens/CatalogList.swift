import LabCatalog
import LabCore

/// What the catalog screen lists: tracks, and the lessons of the chosen one that match the search.
struct CatalogList: Equatable {
  /// One row of the tracks pane.
  struct TrackRow: Equatable {
    let track: Track?
    let title: String
    let done: Int
    let count: Int
  }

  /// How far a lesson has been taken.
  enum Status: Equatable {
    case fresh
    case started(step: Int, of: Int)
    case done
  }

  let tracks: [TrackRow]
  /// Tracks without a lesson yet.
  let emptyTracks: Int
  let track: TrackRow?
  let lessons: [Lesson]
  let chosen: Lesson?
  /// What of a found lesson matched, where that is not its own text: by lesson id.
  let because: [String: String]

  init(_ snapshot: LabSnapshot, _ model: AppModel) {
    let catalog = snapshot.catalog
    let progress = snapshot.progress
    func row(_ track: Track?, _ lessons: [Lesson]) -> TrackRow {
      TrackRow(
        track: track, title: track?.title ?? "All lessons",
        done: lessons.count { progress.lessons[$0.id]?.done != nil }, count: lessons.count)
    }
    let filled = catalog.tracks.filter { !catalog.lessons(in: $0.id).isEmpty }
    tracks = [row(nil, catalog.lessons)] + filled.map { row($0, catalog.lessons(in: $0.id)) }
    emptyTracks = catalog.tracks.count - filled.count
    let index = min(max(0, model[.tracks].selection ?? 0), tracks.count - 1)
    let chosenTrack = tracks[index]
    track = chosenTrack
    let inTrack = chosenTrack.track.map { catalog.lessons(in: $0.id) } ?? catalog.lessons
    let hits = model.search.isEmpty ? [] : catalog.search(model.search)
    because = Dictionary(
      hits.compactMap { hit in hit.because.map { (hit.lesson.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    let found = model.search.isEmpty ? inTrack : hits.map(\.lesson)
    lessons = found
    let row = model[.lessons].selection ?? CatalogList.firstOpen(found, progress)
    chosen = found.indices.contains(row) ? found[row] : found.last
  }

  var chosenIndex: Int? { chosen.flatMap { chosen in lessons.firstIndex { $0.id == chosen.id } } }

  static func status(of lesson: Lesson, _ progress: Progress) -> Status {
    guard let entry = progress.lessons[lesson.id] else { return .fresh }
    if entry.done != nil { return .done }
    return entry.reached > 0 ? .started(step: entry.reached, of: entry.steps) : .fresh
  }

  /// Where the bar stands before anyone moves it: the first lesson that is not done.
  private static func firstOpen(_ lessons: [Lesson], _ progress: Progress) -> Int {
    lessons.firstIndex { progress.lessons[$0.id]?.done == nil } ?? 0
  }
}

extension Catalog {
  /// `SP1, SP3` for ids of lessons.
  func codes(_ ids: [String]) -> String {
    ids.map { lesson($0)?.code ?? $0 }.joined(separator: ", ")
  }
}
