import Foundation
package import LabCore

/// The progress file, written whole and atomically after each change.
package struct ProgressStore: Sendable {
  /// What stands in its place.
  package enum Content: Equatable, Sendable {
    case missing
    case progress(LabCore.Progress)
    /// Another version than this netlab knows wrote it.
    case newer(Int)
    /// Goes on behind the file's name: `is no progress file: …`.
    case unreadable(String)
  }

  package let path: String

  package init(path: String) { self.path = path }

  /// What the file says. Changes nothing.
  package func read() -> Content {
    do {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      if let version = ProgressStore.newerVersion(bytes) { return .newer(version) }
      return .progress(try JSONDecoder().decode(LabCore.Progress.self, from: bytes))
    } catch let error as DecodingError {
      return .unreadable("is no progress file: \(FileTrouble.reason(error))")
    } catch {
      guard FileManager.default.fileExists(atPath: path) else { return .missing }
      return .unreadable("can't be read: \(FileTrouble.reason(error))")
    }
  }

  /// What the file says. A damaged one is set aside, never fatal and never overwritten; the notice says where.
  /// One of a newer netlab stays.
  package func load(now: Int64) -> (progress: LabCore.Progress, notice: String?) {
    switch read() {
    case .missing: return (LabCore.Progress(), nil)
    case .progress(let progress): return (progress, nil)
    case .newer(let version): return (LabCore.Progress(), refusal(version))
    case .unreadable:
      let aside = freeName("damaged", now: now)
      let moved = (try? FileManager.default.moveItem(atPath: path, toPath: aside)) != nil
      return (
        LabCore.Progress(),
        moved
          ? "The progress file could not be read; it was set aside as \(aside)."
          : "The progress file \(path) could not be read; progress starts anew and can't be saved."
      )
    }
  }

  /// Copies the file beside itself, and answers the copy's name; nothing where there is no file.
  package func keepCopy(_ word: String, now: Int64) throws -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let copy = freeName(word, now: now)
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    return copy
  }

  /// Why it may not be replaced: a newer netlab would miss what only it can read.
  package var refusal: String? {
    (try? Data(contentsOf: URL(fileURLWithPath: path))).flatMap(ProgressStore.newerVersion).map(refusal)
  }

  /// Goes on behind a file's name.
  package static func words(ofNewer version: Int) -> String {
    "is of a newer netlab: it has version \(version), and this one reads up to "
      + "\(LabCore.Progress.currentVersion)"
  }

  /// Writes it. Answers why not, where it can't. Another's folder is neither made nor changed.
  package func save(_ progress: LabCore.Progress, inOwnFolder: Bool = true) -> String? {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      if inOwnFolder, let reason = StateFolder(path: folder).make() ?? refusal { return reason }
      // Foundation writes beside it and renames.
      try encoder.encode(progress).write(to: URL(fileURLWithPath: path), options: .atomic)
      return nil
    } catch {
      return "Progress could not be saved in \(path): \(FileTrouble.reason(error))."
    }
  }

  private func refusal(_ version: Int) -> String {
    "\(path) \(ProgressStore.words(ofNewer: version)). It stays as it is; nothing is saved."
  }

  /// A name beside the file that nothing has: what comes twice in a second is told apart by a number.
  private func freeName(_ word: String, now: Int64) -> String {
    let name = "\(path).\(word)-\(now)"
    var (free, number) = (name, 1)
    while (try? FileManager.default.attributesOfItem(atPath: free)) != nil {
      number += 1
      free = "\(name)-\(number)"
    }
    return free
  }

  private struct Version: Decodable {
    let version: Int
  }

  private static func newerVersion(_ bytes: Data) -> Int? {
    guard let version = try? JSONDecoder().decode(Version.self, from: bytes).version else { return nil }
    return version > LabCore.Progress.currentVersion ? version : nil
  }
}
