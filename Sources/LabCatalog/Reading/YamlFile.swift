import Yams

/// One YAML file, parsed to nodes that know where they stand.
enum YamlFile {
  /// The root of the file; nothing where it does not parse, with the reason in the log.
  static func root(_ text: String, _ log: ProblemLog) -> NodeReader? {
    WhiteSpaceRules.check(text, log)
    let hasMark = text.unicodeScalars.first == WhiteSpaceRules.byteOrderMark
    let yaml = hasMark ? String(scalars: text.unicodeScalars.dropFirst()) : text
    do {
      // Without rules: what a plain word means is decided by `PlainScalar`, and at a fraction of the time.
      guard let node = try Yams.compose(yaml: yaml, .basic, .default, .utf8) else {
        log.add(
          "L01", at: .start, "The file is empty.", help: "Copy another file of its folder to start from.")
        return nil
      }
      return NodeReader(node: node, name: "the file", log: log)
    } catch let error as YamlError {
      report(error, log)
    } catch {
      log.add("L01", at: .start, "The file can't be read as YAML: \(error).")
    }
    return nil
  }

  private static func report(_ error: YamlError, _ log: ProblemLog) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let when = context.map { " (\($0.text) at line \($0.mark.line))" } ?? ""
      log.add(
        "L01", at: Place(mark), "This is not YAML: \(problem)\(when).",
        help: "Text with `:`, `#` or `{{` needs quotes or a `|` block; lists and maps need even indentation.")
    case .duplicatedKeysInMapping(let keys, let context):
      let list = keys.map { "`\($0)`" }.joined(separator: ", ")
      log.add(
        "L05", at: Place(context.mark), "\(list) stands more than once in the same map.",
        help: "Keep one; YAML would forget the others in silence.")
    case .reader(let problem, _, _, _):
      log.add("L06", at: .start, "The file holds a character that YAML refuses: \(problem).")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      log.add("L01", at: .start, "The file can't be read as YAML: \(error).")
    }
  }
}
