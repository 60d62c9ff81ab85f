/// Reads `lessons/paths.yaml`.
enum LearningPathsReader {
  static func read(_ root: NodeReader) -> LearningPaths {
    guard let map = root.map("the list of paths", keys: ["paths", "questions"]) else {
      return LearningPaths()
    }
    return LearningPaths(
      paths: (map["paths"]?.list() ?? []).compactMap(path),
      questions: (map["questions"]?.list() ?? []).compactMap(question))
  }

  private static func path(_ reader: NodeReader) -> LearningPaths.Path? {
    guard let map = reader.map("a path", keys: ["title", "about", "lessons"]) else { return nil }
    let about = map.required("about")?.text() ?? ""
    let stops = (map.required("lessons")?.list() ?? []).compactMap(stop)
    guard let title = map.required("title")?.text() else { return nil }
    return LearningPaths.Path(title: title, about: about, stops: stops)
  }

  private static func question(_ reader: NodeReader) -> LearningPaths.Question? {
    guard let map = reader.map("a question", keys: ["ask", "lesson"]) else { return nil }
    let ask = map.required("ask")?.text()
    guard let lesson = map.required("lesson").flatMap(stop), let ask else { return nil }
    return LearningPaths.Question(ask: ask, lesson: lesson)
  }

  private static func stop(_ reader: NodeReader) -> LearningPaths.Stop? {
    reader.text().map { LearningPaths.Stop($0, place: reader.place) }
  }
}
