import LabCore
import LabFacts

/// Reads a lesson file into a `Lesson`.
enum LessonReader {
  /// The newest format this program reads.
  static let format = 1

  private static let keys = [
    "netlab", "id", "code", "track", "title", "question", "minutes", "level", "seeds", "needs", "teaches",
    "beliefs", "requires", "layout", "actors", "steps",
  ]

  /// The lesson of a file's text; nothing where it has no shape of one, with the reasons in the log.
  @Sendable
  static func whole(_ text: String, file: String, log: ProblemLog) -> Lesson? {
    YamlFile.root(text, log).flatMap { read($0, file: file) }
  }

  /// The lesson without its steps. A file whose steps do not come last has no outline; it says so in the log.
  @Sendable
  static func outline(_ text: String, file: String, log: ProblemLog) -> Lesson? {
    let start = text.utf8.firstRange(of: "\nsteps:".utf8)?.lowerBound
    return whole(start.map { text[...$0] + "steps: []\n" } ?? text, file: file, log: log)
  }

  /// The lesson of a parsed file.
  static func read(_ root: NodeReader, file: String) -> Lesson? {
    guard let map = root.map("a lesson", keys: keys), checkFormat(map) else { return nil }
    let id = map.required("id")?.text()
    let code = map.required("code")?.text()
    let track = map.required("track")?.text()
    let title = map.required("title")?.text()
    let question = map.required("question")?.text()
    let minutes = map.required("minutes")?.int(1...60)
    let level = map.required("level")?.int(1...3)
    let actors = map.required("actors").map(ActorReader.actors) ?? []
    let steps = map.required("steps").map(StepReader.steps) ?? []
    guard let id, let code, let track, let title, let question, let minutes, let level else { return nil }
    return Lesson(
      id: id, code: code, track: track, title: title, question: question, minutes: minutes, level: level,
      seeds: texts(map, "seeds"), needs: texts(map, "needs"), teaches: texts(map, "teaches"),
      beliefs: texts(map, "beliefs"), requires: map["requires"].map(requirements) ?? Lesson.Requirements(),
      layout: map["layout"].map(layout) ?? Lesson.Layout(), actors: actors, steps: steps, file: file,
      places: Dictionary(
        map.present.compactMap { key in map[key].map { (key, $0.place) } },
        uniquingKeysWith: { first, _ in first })
    )
  }

  private static func checkFormat(_ map: MapReader) -> Bool {
    guard let version = map.required("netlab") else { return true }
    guard let number = version.int(), number != format else { return true }
    version.problem(
      "L02", "This file has format \(number); this netlab reads format \(format).",
      help: number > format ? "Use a newer netlab." : "Write `netlab: \(format)`.")
    return false
  }

  private static func texts(_ map: MapReader, _ key: String) -> [String] { map[key]?.texts() ?? [] }

  private static func requirements(_ reader: NodeReader) -> Lesson.Requirements {
    var requirements = Lesson.Requirements()
    guard let map = reader.map("requires", keys: ["max_seconds"] + NeedsReader.keys) else {
      return requirements
    }
    requirements.maxSeconds = map["max_seconds"]?.int(1...120) ?? requirements.maxSeconds
    requirements.needs = NeedsReader.needs(map)
    return requirements
  }

  private static func layout(_ reader: NodeReader) -> Lesson.Layout {
    var layout = Lesson.Layout()
    guard
      let map = reader.map(
        "layout", keys: ["left", "right", "left_title", "right_title", "pane", "contrast"])
    else {
      return layout
    }
    layout.left = map["left"]?.texts().map { ActorID($0) }
    layout.right = map["right"]?.texts().map { ActorID($0) }
    layout.leftTitle = map["left_title"]?.text()
    layout.rightTitle = map["right_title"]?.text()
    layout.pane = map["pane"]?.word()
    layout.contrast = map["contrast"]?.flag() ?? false
    return layout
  }
}
