import LabCore

/// L20: answers that are no choice can be given, and are right for one reason.
enum AnsweringRules {
  static func check(
    _ answering: Answering, named name: String, at place: Place, _ lesson: Lesson
  ) -> [AuthorProblem] {
    func problem(_ message: String, _ help: String) -> [AuthorProblem] {
      [lesson.problem("L20", at: place, message, help: help)]
    }
    switch answering {
    case .pick: return []
    case .number(let correct):
      guard Template.paths(in: correct).isEmpty, Int(correct) == nil else { return [] }
      return problem(
        "\(name) wants a number, and `\(correct)` is none.", "Write a number, or a path: \"{{cli.port}}\".")
    case .fill(let field, _): return blank(field, named: name, at: place, lesson)
    case .order(let items):
      guard (3...6).contains(items.count), Set(items).count == items.count else {
        return problem("\(name) needs 3 to 6 different `items`.", "List them in their right order.")
      }
      return []
    case .point(let target): return point(target, named: name, at: place, lesson)
    }
  }

  /// A property that the wire pane can't show can't be blanked in it.
  private static func blank(
    _ field: BlankField, named name: String, at place: Place, _ lesson: Lesson
  ) -> [AuthorProblem] {
    let isProperty = field.path.hasPrefix("tls.") || field.path.hasPrefix("app.")
    guard isProperty, Property(rawValue: field.path) == nil else { return [] }
    return [
      lesson.problem(
        "L20", at: place, "\(name) blanks `\(field.path)`, which is no property.",
        help: "Use a property such as `tls.hello_sni`, or the label of a field such as `server_name`.")
    ]
  }

  private static func point(
    _ target: PointTarget, named name: String, at place: Place, _ lesson: Lesson
  ) -> [AuthorProblem] {
    func problem(_ message: String, _ help: String) -> [AuthorProblem] {
      [lesson.problem("L20", at: place, message, help: help)]
    }
    switch target.pane {
    case .explain, .wire:
      return problem("\(name) points at a pane without rows.", "Use `connections`, `ladder` or `errors`.")
    case .ladder where target.message == nil:
      return problem("\(name) does not say which row of the ladder.", "Add `message: Finished, dir: sent`.")
    case .ladder where ["SYN", "SYN+ACK", "ACK", "FIN", "RST"].contains(target.message):
      return problem(
        "\(name) points at a segment of TCP, which nobody captured.", "Name a message, an alert or `data`.")
    case .connections, .errors:
      guard target.message == nil, target.direction == nil else {
        return problem("`message` and `dir` go with the ladder.", "Take them away.")
      }
      return []
    case .ladder: return []
    }
  }
}
