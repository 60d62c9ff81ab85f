import LabFacts

/// Everything that can be said about a catalog without running it.
package enum Linter {
  /// `broken` names files that were left out, so that what only they could hold is not missed twice.
  static func check(_ catalog: Catalog, broken: Set<String>) -> [AuthorProblem] { [] }
}
