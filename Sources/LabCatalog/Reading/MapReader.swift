import Yams

/// A map whose keys have been checked.
struct MapReader {
  /// What it is in messages: `a step`.
  let what: String
  let place: Place
  let log: ProblemLog
  /// Right keys present, in the order of the file.
  let present: [String]
  private let values: [String: NodeReader]

  init(_ mapping: Node.Mapping, what: String, keys: [String], place: Place, log: ProblemLog) {
    var values: [String: NodeReader] = [:]
    var present: [String] = []
    for (key, value) in mapping {
      guard let name = MapReader.name(of: key, log) else { continue }
      guard keys.contains(name) else {
        MapReader.unknown(name, at: Place(key.mark), in: what, keys, log)
        continue
      }
      values[name] = NodeReader(node: value, name: name, log: log)
      present.append(name)
    }
    self.what = what
    self.place = place
    self.log = log
    self.present = present
    self.values = values
  }

  subscript(_ key: String) -> NodeReader? { values[key] }

  /// The value of a key that must be there.
  func required(_ key: String) -> NodeReader? {
    if let value = values[key] { return value }
    log.add("L01", at: place, "\(what.capitalizedFirst) needs `\(key)`.", help: "Add `\(key): …`.")
    return nil
  }

  /// The one key of these that is there; a problem where there is none, or more than one.
  func exactlyOne(of keys: [String]) -> String? {
    let found = present.filter(keys.contains)
    if found.count == 1 { return found[0] }
    let list = keys.map { "`\($0)`" }.joined(separator: ", ")
    let have = found.isEmpty ? "none" : found.map { "`\($0)`" }.joined(separator: " and ")
    log.add(
      "L01", at: place, "\(what.capitalizedFirst) has exactly one of its kinds; this one has \(have).",
      help: "Use one of \(list).")
    return nil
  }

  /// Every key with its value: for maps whose keys are the author's own names.
  static func entries(of reader: NodeReader) -> [(name: String, key: Place, value: NodeReader)] {
    guard case .mapping(let mapping) = reader.node else {
      reader.problem("L01", "`\(reader.name)` must be a map.")
      return []
    }
    return mapping.compactMap { key, value in
      name(of: key, reader.log).map {
        ($0, Place(key.mark), NodeReader(node: value, name: $0, log: reader.log))
      }
    }
  }

  private static func name(of key: Node, _ log: ProblemLog) -> String? {
    guard case .scalar(let scalar) = key else {
      log.add("L01", at: Place(key.mark), "A key must be a word.")
      return nil
    }
    if scalar.style == .plain, case .disguisedBool = PlainScalar(scalar.string) {
      let quoted = "\"\(scalar.string)\""
      let place = Place(key.mark)
      log.add(
        "L05", at: place, "The key `\(scalar.string)` without quotes is a truth value in YAML.",
        help: "Put quotes around it: \(quoted).",
        edits: [TextEdit(at: place, replacing: scalar.string, by: quoted)])
      return nil
    }
    return scalar.string
  }

  private static func unknown(
    _ key: String, at place: Place, in what: String, _ keys: [String], _ log: ProblemLog
  ) {
    let hint = DidYouMean.hint(for: key, among: keys)
    // A long list hides the one word that was meant.
    let list = hint.isEmpty || keys.count <= 16 ? " Its keys are: \(keys.joined(separator: ", "))." : ""
    log.add("L01", at: place, "`\(key)` is no key of \(what).", help: (hint + list).trimmingStart())
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
