import ArgumentParser
import LabCatalog

/// `netlab lessons`: what there is to learn.
struct LessonsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lessons", abstract: "List the lessons by track.")

  @OptionGroup var data: DataOption

  func run() throws {
    let loaded = try data.loadLessons()
    for track in loaded.catalog.tracks {
      let lessons = loaded.catalog.lessons(in: track.id)
      guard !lessons.isEmpty else { continue }
      print(track.title)
      for lesson in lessons {
        let code = lesson.code.padding(to: 5)
        print("  \(code)\(lesson.id.padding(to: 22))\(lesson.title), \(lesson.minutes) min")
        print("       \(lesson.question)")
      }
    }
    print("\nnetlab opens them; netlab run ID runs one without a screen.")
  }
}

extension String {
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
