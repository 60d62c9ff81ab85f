import Foundation
import LabCatalog
import LabRuntime

/// Writes the newest run of the sandbox as a lesson file: into the data folder, or where that can't be written,
/// beside the exports.
enum LessonSaver {
  /// Answers what to tell the person.
  static func save(_ snapshot: LabSnapshot) -> String {
    guard let state = snapshot.sandbox?.state else { return "There is no sandbox." }
    let data = snapshot.environment.dataPath
    do throws(SandboxLesson.Refusal) {
      let lesson = try SandboxLesson.make(state, snapshot.catalog) {
        FileManager.default.fileExists(atPath: "\(data)/\($0)")
      }
      return write(lesson, below: data) ?? write(lesson, below: Machine.state.exports)
        ?? "Could not be saved: neither \(data) nor \(Machine.state.exports) can be written."
    } catch {
      return error.reason
    }
  }

  private static func write(_ lesson: SandboxLesson, below folder: String) -> String? {
    let file = URL(fileURLWithPath: "\(folder)/\(lesson.path)")
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(lesson.text.utf8).write(to: file)
    } catch {
      return nil
    }
    let folder = Machine.shown(file.deletingLastPathComponent().path)
    return "Saved \(file.lastPathComponent): replace its REPLACE texts. It is in \(folder)."
  }
}
