import Foundation
package import LabCore

/// The progress file: read once, written whole and atomically after each change.
package struct ProgressStore: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// What the file says. A damaged one is set aside, never fatal and never overwritten; the notice says where.
  package func load(now: Int64) -> (progress: LabCore.Progress, notice: String?) {
    guard FileManager.default.fileExists(atPath: path) else { return (LabCore.Progress(), nil) }
    do {
      let progress = try JSONDecoder().decode(
        LabCore.Progress.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
      return (progress, nil)
    } catch {
      let aside = "\(path).damaged-\(now)"
      let moved = (try? FileManager.default.moveItem(atPath: path, toPath: aside)) != nil
      return (
        LabCore.Progress(),
        moved
          ? "The progress file could not be read; it was set aside as \(aside)."
          : "The progress file \(path) could not be read; progress starts anew and can't be saved."
      )
    }
  }

  /// Writes it. Answers why not, where it can't. Another's folder is neither made nor changed.
  package func save(_ progress: LabCore.Progress, inOwnFolder: Bool = true) -> String? {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      if inOwnFolder, let reason = StateFolder(path: folder).make() { return reason }
      // Foundation writes beside it and renames.
      try encoder.encode(progress).write(to: URL(fileURLWithPath: path), options: .atomic)
      return nil
    } catch {
      return "Progress could not be saved in \(path): \(error.localizedDescription)"
    }
  }
}
