import Foundation

/// The checkout these tests were compiled in, read as text.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Paths relative to the checkout of all files below a folder ("" is the checkout), sorted.
  static func files(under folder: String, endingIn suffixes: [String] = [""]) -> [String] {
    let start = folder.isEmpty ? root : root + "/" + folder
    guard let walker = FileManager.default.enumerator(atPath: start) else { return [] }
    var found: [String] = []
    while let name = walker.nextObject() as? String {
      let path = folder.isEmpty ? name : folder + "/" + name
      if isMade(path) {
        walker.skipDescendants()
      } else if suffixes.contains(where: path.hasSuffix), isFile(path) {
        found.append(path)
      }
    }
    return found.sorted()
  }

  static func text(_ path: String) -> String {
    guard let data = FileManager.default.contents(atPath: root + "/" + path) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  static func lines(_ path: String) -> [Substring] {
    text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

  /// The target a source file belongs to: `LabCore` for `Sources/LabCore/X.swift`.
  static func target(of path: String) -> String {
    path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
  }

  static let swiftSources = files(under: "Sources", endingIn: [".swift"])
  static let swiftTests = files(under: "Tests", endingIn: [".swift"])

  /// What builds and runs leave behind is no part of the project.
  private static func isMade(_ path: String) -> Bool {
    [".build", ".git", ".swiftpm", "shots", "certs/generated"].contains(path)
  }

  private static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isDirectory)
      && !isDirectory.boolValue
  }
}
