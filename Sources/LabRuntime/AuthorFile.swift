import Foundation

/// A file an author works on: written whole, or not at all.
package struct AuthorFile: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// Puts a new text in place of the old one. A link keeps leading to it, and who may read it stays.
  package func replace(_ text: String) throws {
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let mode = try FileManager.default.attributesOfItem(atPath: place.path)[.posixPermissions]
    // Foundation writes beside it and renames.
    try Data(text.utf8).write(to: place, options: .atomic)
    if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place.path) }
  }
}
