import Yams

/// A file of listeners for `netlab serve`: the words of the command line as keys.
///
/// ```yaml
/// defaults: { identity: server }
/// listeners:
///   - listen: 8443/tls
///     kind: http
///     ca: [lab.pem, more.pem]
/// ```
package struct ServeFile: Equatable, Sendable {
  /// One word with its value, as written; a word with a list stands here once for each.
  package struct Setting: Equatable, Sendable {
    package let word: String
    package let value: String
    package let place: Place
  }

  package struct Listener: Equatable, Sendable {
    /// The address, as on the command line.
    package let listen: String
    package let place: Place
    package let settings: [Setting]
  }

  /// What holds for every listener that does not say otherwise.
  package let defaults: [Setting]
  package let listeners: [Listener]

  /// Reads the text of a file. Where it has problems there is no result. `words` are the keys a listener may have.
  package static func read(
    _ text: String, file: String, words: [String]
  ) -> (file: ServeFile?, problems: [AuthorProblem]) {
    let log = ProblemLog(file: file)
    guard let root = YamlFile.root(text, log) else { return (nil, log.problems) }
    let content = read(root, words)
    return log.leavesOut ? (nil, log.problems) : (content, [])
  }

  private static func read(_ root: NodeReader, _ words: [String]) -> ServeFile? {
    guard let map = root.map("the file of listeners", keys: ["defaults", "listeners"]),
      let list = map.required("listeners")?.list()
    else { return nil }
    let defaults = map["defaults"]?.map("the defaults", keys: words)
    return ServeFile(
      defaults: defaults.map { settings($0, words) } ?? [],
      listeners: list.compactMap { listener($0, words) })
  }

  private static func listener(_ reader: NodeReader, _ words: [String]) -> Listener? {
    guard let map = reader.map("a listener", keys: ["listen"] + words),
      let address = map.required("listen"), let listen = asWritten(address)
    else { return nil }
    return Listener(listen: listen, place: address.place, settings: settings(map, words))
  }

  private static func settings(_ map: MapReader, _ words: [String]) -> [Setting] {
    map.present.filter(words.contains).flatMap { word in
      (map[word]?.items() ?? []).compactMap { item in
        asWritten(item).map { Setting(word: word, value: $0, place: item.place) }
      }
    }
  }

  /// These values are words of a command line: `yes`, `443` and `1.3` mean what they show.
  private static func asWritten(_ reader: NodeReader) -> String? {
    guard case .scalar(let scalar) = reader.node, !scalar.string.isEmpty else {
      reader.problem("L01", "`\(reader.name)` must be one value.", help: "Write a word, a number or a text.")
      return nil
    }
    return scalar.string
  }
}
