import ArgumentParser
import Foundation
import LabCatalog
import LabCore
import LabRuntime

/// Where netlab finds its lessons: the option every verb has.
struct DataOption: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Take lessons, explanations and identities from this folder.", valueName: "dir"))
  var folder: String?

  /// The data folder, or a message that says where it was looked for.
  func find() throws -> String {
    let search = DataFolder.search(
      option: folder, environment: ProcessInfo.processInfo.environment, executable: Machine.executable)
    guard let found = search.found else {
      Machine.complain(search.message)
      throw Exit.unable
    }
    return found
  }

  /// The catalog; problems of lesson files do not keep the others from being used.
  func load() throws -> (catalog: Catalog, problems: [AuthorProblem], folder: String) {
    let folder = try find()
    let loaded = Catalog.load(from: .disk(root: folder))
    return (loaded.catalog, loaded.problems, folder)
  }

  /// The catalog without its cards, for those who can't wait for them.
  func loadLessons() throws -> (catalog: Catalog, problems: [AuthorProblem], folder: String) {
    let folder = try find()
    let loaded = Catalog.loadLessons(from: .disk(root: folder))
    return (loaded.catalog, loaded.problems, folder)
  }

  /// The catalog with everything that is wrong in it, the linter's findings included.
  func lint() throws -> (catalog: Catalog, problems: [AuthorProblem], folder: String) {
    let (catalog, problems, folder) = try load()
    return (catalog, (problems + Linter.problems(in: catalog)).sorted(), folder)
  }
}

/// This process and its machine.
enum Machine {
  static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  static var state: StateFolder { StateFolder(environment: ProcessInfo.processInfo.environment) }

  /// A path as a person writes it: `~` for the home folder.
  static func shown(_ path: String) -> String {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
    return path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
  }

  static func complain(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }

  static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }
}

extension Machine {
  static func environmentInfo(data folder: String) -> EnvironmentInfo {
    EnvironmentInfo(
      opensslVersion: Checkup.opensslVersion, kernel: Checkup.kernel, progressPath: state.progress,
      dataPath: folder, certificatesPath: state.pki,
      kernelIntervalMilliseconds: LabRuntime.kernelIntervalMilliseconds)
  }
}
