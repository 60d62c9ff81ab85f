/// Where files come from: a folder on disk, or a dictionary in a test.
package struct FileSource: Sendable {
  package enum Content: Equatable, Sendable {
    case text(String)
    case missing
    /// It is there but can't be read; says why.
    case unreadable(String)
  }

  package let read: @Sendable (_ path: String) -> Content
  /// Names in a folder, sorted; empty where there is no such folder. Folders end with `/`.
  package let list: @Sendable (_ folder: String) -> [String]

  package init(
    read: @escaping @Sendable (String) -> Content, list: @escaping @Sendable (String) -> [String]
  ) {
    self.read = read
    self.list = list
  }

  /// Files held in memory, by path.
  package static func memory(_ files: [String: String]) -> FileSource {
    FileSource(
      read: { files[$0].map(Content.text) ?? .missing },
      list: { folder in
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        let rests = files.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        return Set(rests.map { String($0.prefix { $0 != "/" }) + ($0.contains("/") ? "/" : "") }).sorted()
      })
  }

  /// The same with some files replaced, or added.
  package func with(_ files: [String: String]) -> FileSource {
    guard !files.isEmpty else { return self }
    let added = FileSource.memory(files)
    return FileSource(
      read: { files[$0].map(Content.text) ?? read($0) },
      list: { Set(list($0) + added.list($0)).sorted() })
  }
}
