import LabFacts

/// Everything that can be said about a catalog without running it. Codes in groups: L01 to L06 while
/// reading, L03 and L04 names, L10 to L16 references, L20 to L29 teaching, L30 to L33 honesty, L50 and L51
/// the screen.
package enum Linter {
  /// What is wrong in a catalog, by file and place. What only a file that was left out could hold is not
  /// missed twice.
  package static func problems(in catalog: Catalog) -> [AuthorProblem] {
    let scope = LintScope(catalog)
    let perLesson = catalog.lessons.flatMap { check($0, scope) }
    let cards = catalog.cards.values.flatMap { CardRules.check($0, scope) }
    return (perLesson + cards + CatalogRules.check(scope)).sorted()
  }

  private static func check(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    let groups: [[AuthorProblem]] = [
      NameRules.check(lesson, scope), ReferenceRules.check(lesson, scope), SettingRules.check(lesson),
      PathRules.check(lesson), QuestionRules.check(lesson), RhythmRules.check(lesson),
      BenchRules.check(lesson), OutcomeRules.check(lesson), DeviceRules.check(lesson),
      WordRules.check(lesson), HonestyRules.check(lesson), ScreenRules.check(lesson),
    ]
    return groups.flatMap(\.self)
  }
}

/// What names mean in this catalog.
struct LintScope {
  let catalog: Catalog
  let broken: Set<String>
  /// Ids of lessons, those of broken files included.
  let lessonIDs: [String]
  let identityNames: [String]
  /// Lists whose file could not be read are not held against anybody.
  let knowsTracks: Bool
  let knowsBeliefs: Bool
  let knowsIdentities: Bool

  init(_ catalog: Catalog) {
    self.catalog = catalog
    broken = catalog.leftOut
    lessonIDs = catalog.lessons.map(\.id) + broken.map(\.fileName)
    identityNames = catalog.identities.map(\.name)
    knowsTracks = !broken.contains("lessons/tracks.yaml")
    knowsBeliefs = !broken.contains("lessons/beliefs.yaml")
    knowsIdentities = !broken.contains("certs/pki.yaml")
  }
}

extension String {
  /// `sp1-two-programs` for `lessons/sockets/sp1-two-programs.yaml`.
  var fileName: String {
    let name = split(separator: "/").last.map(String.init) ?? self
    return name.hasSuffix(".yaml") ? String(name.dropLast(".yaml".count)) : name
  }
}

extension Lesson {
  func problem(
    _ code: String, at place: Place, _ message: String, help: String = "",
    severity: AuthorProblem.Severity = .error
  ) -> AuthorProblem {
    AuthorProblem(file: file, place: place, code: code, message: message, help: help, severity: severity)
  }

  func place(of key: String) -> Place { places[key] ?? .start }
}
