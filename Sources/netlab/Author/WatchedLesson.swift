import Foundation
import LabCatalog
import LabRuntime

/// A lesson's file, and the data folder it belongs to.
struct WatchedLesson: Sendable {
  let path: String
  let folder: String
  /// What the file came to when it was opened, before anything was shown.
  private(set) var first: Edition?
  private var begun: Stamp?

  init(path: String, folder: String) { (self.path, self.folder) = (path, folder) }

  /// The same with its first version read.
  func opened() -> WatchedLesson {
    var lesson = self
    lesson.begun = Stamp(path)
    lesson.first = edition()
    return lesson
  }

  /// How often the file is looked at, in milliseconds. A version counts once it has not changed between two looks:
  /// an editor may be in the middle of writing.
  private static let interval = 125

  private var source: FileSource { .disk(root: folder) }

  var desk: LessonDesk { LessonDesk(path: path, place: place, among: source) }

  /// Its path relative to the data folder, where it lies among the lessons.
  private var place: String? {
    let root = DataPath.real(folder) + "/"
    let real = DataPath.real(path)
    guard real.hasPrefix(root + "lessons/") else { return nil }
    return String(real.dropFirst(root.count))
  }

  /// What the file comes to now.
  func edition() -> Edition {
    desk.edition(FileSource.disk(root: "/").read(DataPath.real(path)), over: source)
  }

  /// A card or a list of the data folder is none.
  var isLesson: Bool {
    guard let place else { return true }
    return place.split(separator: "/").count == 3 && !place.hasPrefix("lessons/explanations/")
  }

  /// The data folder with the file in its place.
  func withFile(over source: FileSource) -> FileSource? {
    guard case .text(let text) = FileSource.disk(root: "/").read(DataPath.real(path)) else { return nil }
    return desk.source(text, over: source)
  }

  /// Tells the lab of each version, the first at once, until the task is cancelled.
  func watch(_ lab: LabRuntime) -> Task<Void, Never> {
    Task.detached {
      var shown = begun
      if let first { lab.show(first) }
      var last = shown
      while (try? await Task.sleep(for: .milliseconds(WatchedLesson.interval))) != nil {
        let stamp = Stamp(path)
        if stamp == last, stamp != shown {
          shown = stamp
          lab.show(edition())
        }
        last = stamp
      }
    }
  }

  /// What changes when a file is written, or another one takes its place.
  private struct Stamp: Equatable {
    let seconds: Int
    let nanoseconds: Int
    let size: Int64
    let inode: UInt64

    init(_ path: String) {
      var info = stat()
      guard stat(path, &info) == 0 else {
        (seconds, nanoseconds, size, inode) = (0, 0, -1, 0)
        return
      }
      #if canImport(Darwin)
        let time = info.st_mtimespec
      #else
        let time = info.st_mtim
      #endif
      (seconds, nanoseconds) = (Int(time.tv_sec), Int(time.tv_nsec))
      (size, inode) = (Int64(info.st_size), UInt64(info.st_ino))
    }
  }
}

/// Paths as the file system knows them.
enum DataPath {
  static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
