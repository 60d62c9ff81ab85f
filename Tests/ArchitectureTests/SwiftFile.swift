/// A Swift file as these tests look at it: what it imports, and its code without comments.
struct SwiftFile {
  let path: String
  let text: String

  init(_ path: String) {
    self.path = path
    text = Repository.text(path)
  }

  init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// `Canvas` for `Canvas+Box.swift`.
  var mainName: String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "+" && $0 != "." })
  }

  /// The modules named by `import` lines, whatever stands before the word.
  var imports: Set<String> {
    let line =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|func|protocol|var|let)\s+)?(\w+)/
    return Set(text.split(separator: "\n").compactMap { $0.firstMatch(of: line).map { String($0.1) } })
  }

  /// The code: each line up to where a comment begins.
  var code: String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        guard let comment = line.firstRange(of: /(^|[^:"])\/\//) else { return String(line) }
        return String(line[..<comment.lowerBound])
      }.joined(separator: "\n")
  }
}
