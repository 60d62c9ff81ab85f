import LabCatalog
import LabCore

extension PlainText {
  /// `  2  SP2 Port hopping. 6 minutes, step 3 of 7 reached.`
  static func line(_ lesson: Lesson, _ snapshot: LabSnapshot) -> String {
    "  \(position(lesson, snapshot.catalog))  \(lesson.code) \(ended(lesson.title)) "
      + "\(lesson.minutes) minutes\(state(lesson, snapshot))."
  }

  /// Its number in the list, from 1.
  static func position(_ lesson: Lesson, _ catalog: Catalog) -> Int {
    (listed(catalog).firstIndex { $0.id == lesson.id } ?? -1) + 1
  }

  /// Where somebody who is new can begin.
  static func waysIn(_ catalog: Catalog) -> [String] {
    var lines: [String] = []
    if !catalog.paths.paths.isEmpty { lines.append("New here? path lists the lessons of one evening.") }
    let count = catalog.answeredQuestions.count
    if count > 0 {
      lines.append("Come with a question? questions lists \(count), with the lessons that answer them.")
    }
    return lines
  }

  /// The paths, with the numbers of their lessons.
  static func paths(_ snapshot: LabSnapshot) -> [String] {
    guard !snapshot.catalog.paths.paths.isEmpty else { return ["This data folder has no path."] }
    return snapshot.catalog.paths.paths.flatMap { path in
      ["\(path.title). \(path.about)"] + snapshot.catalog.lessons(of: path).map { line($0, snapshot) }
    }
  }

  /// The questions people come with, with the numbers of the lessons that answer them.
  static func questions(_ catalog: Catalog) -> [String] {
    let answered = catalog.answeredQuestions
    guard !answered.isEmpty else { return ["This data folder has no questions."] }
    return answered.map { "  \(position($0.lesson, catalog))  \($0.lesson.code) answers: \($0.ask)" }
  }
}
