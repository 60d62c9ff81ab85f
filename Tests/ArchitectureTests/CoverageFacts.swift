/// What the coverage table may point at, read from the files of the project.
enum CoverageFacts {
  /// What is wrong with one claim of the table; nothing where it holds.
  static func complaint(about claim: CoverageTable.Claim) -> String? {
    let holds =
      switch claim.kind {
      case "lesson": lessons.contains(claim.text)
      case "card": Repository.exists("lessons/explanations/\(claim.text).yaml")
      case "doc": Repository.exists(claim.text)
      case "test": suites.contains(claim.text)
      case "actor": isWord(claim.words)
      default: isCommand(claim.words)
      }
    return holds ? nil : "\(claim) points at nothing"
  }

  private static let lessons = Set(
    Repository.files(under: "lessons", endingIn: [".yaml"]).compactMap { path in
      path.split(separator: "/").last.map { String($0.dropLast(".yaml".count)) }
    })

  private static let suites = Set(
    Repository.swiftTests.compactMap { path in
      path.split(separator: "/").last.map { String($0.dropLast(".swift".count)) }
    })

  // MARK: Words of lessons

  private static func isWord(_ words: [String]) -> Bool {
    guard words.count == 2 else { return false }
    switch words[0] {
    case "kind":
      return cases(of: "enum ServerKind", in: "Sources/LabFacts/Orders/ListenOrder.swift")
        .contains(words[1])
    case "route":
      return cases(of: "enum Way", in: "Sources/LabCatalog/Model/RelaySettings.swift")
        .contains(words[1])
    case "key": return ["ActorReader", "RelayReader"].contains { says(words[1], $0) }
    case "action": return says(words[1], "ActionReader")
    default: return false
    }
  }

  private static func says(_ word: String, _ reader: String) -> Bool {
    Repository.text("Sources/LabCatalog/Reading/\(reader).swift").contains("\"\(word)\"")
  }

  /// Names or raw values of the cases that follow this declaration, up to its end.
  private static func cases(of declaration: String, in path: String) -> [String] {
    Repository.lines(path).drop { !$0.contains(declaration) }.dropFirst()
      .prefix { $0.drop(while: \.isWhitespace) != "}" }
      .compactMap { line in
        line.firstMatch(of: /^\s*case (\w+)(?: = "([^"]+)")?/).map { String($0.2 ?? $0.1) }
      }
  }

  // MARK: Command lines

  /// `netlab VERB [SUBVERB or CONNECTOR]... [--flag]...`, or a flag of netlab itself.
  private static func isCommand(_ words: [String]) -> Bool {
    guard words.first == "netlab" else { return false }
    var rest = words.dropFirst()
    if rest.first == "--version" { return rest.count == 1 }
    guard let verb = rest.popFirst(), var command = commands[verb] else { return false }
    while let word = rest.first, !word.hasPrefix("-") {
      rest.removeFirst()
      if verb == "certs", let below = commandsOfCerts[word] {
        command = below
      } else if verb != "proxy" || !connectors.contains(word) {
        return false
      }
    }
    let flags = flags(of: command)
    return rest.allSatisfy { flags.contains($0) }
  }

  private static let connectors = cases(
    of: "enum ConnectorKind", in: "Sources/LabRuntime/Specs/ConnectorKind.swift")

  private static let programText = Repository.files(under: "Sources/netlab", endingIn: [".swift"])
    .map(Repository.text).joined(separator: "\n")

  /// The body of each type of the program, up to the next type at the margin.
  private static let bodies: [String: String] = {
    var bodies: [String: String] = [:]
    var name: String?
    for line in programText.split(separator: "\n", omittingEmptySubsequences: false) {
      if let match = line.firstMatch(of: /^struct (\w+)/) { name = String(match.1) }
      if let open = name { bodies[open, default: ""] += line + "\n" }
      if line == "}" { name = nil }
    }
    return bodies
  }()

  /// Types by the name their verb has; verbs below another one are apart, for a name may be there twice.
  private static let commands = commands { !isBelowCerts($0) }
  private static let commandsOfCerts = commands(where: isBelowCerts)

  private static func isBelowCerts(_ type: String) -> Bool {
    type.hasPrefix("Certs") && type != "CertsCommand"
  }

  private static func commands(where isWanted: (String) -> Bool) -> [String: String] {
    bodies.reduce(into: [:]) { commands, entry in
      guard isWanted(entry.key), let match = entry.value.firstMatch(of: /commandName: "([a-z]+)"/) else {
        return
      }
      commands[String(match.1)] = entry.key
    }
  }

  /// Every flag a command declares, itself or by the groups it takes in.
  private static func flags(of type: String) -> Set<String> {
    guard let body = bodies[type] else { return [] }
    var flags: Set<String> = []
    let declaration = /@(Option|Flag)([\s\S]*?)\n?\s*var (\w+)/
    for match in body.matches(of: declaration) where !match.2.contains("@OptionGroup") {
      flags.insert("--" + (customName(match.2) ?? kebab(match.3)))
      if match.2.contains("\"v\"") || match.2.contains("shortAndLong") {
        flags.insert("-\(match.3.prefix(1))")
      }
    }
    for match in body.matches(of: /@OptionGroup(?:\([^)]*\))? var \w+: (\w+)/) {
      flags.formUnion(self.flags(of: String(match.1)))
    }
    return flags
  }

  private static func customName(_ text: Substring) -> String? {
    text.firstMatch(of: /customLong\("([^"]+)"\)/).map { String($0.1) }
  }

  /// As the argument parser names it: `verifyDepth` is `--verify-depth`.
  private static func kebab(_ name: Substring) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
  }
}
