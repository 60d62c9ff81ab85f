import LabFacts

/// Finds what an author may have meant by a word that is none of the right ones.
package enum DidYouMean {
  /// The nearest candidate, where one is near enough to be worth naming.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    Spelling.nearest(to: word, among: candidates)
  }

  /// ` Did you mean "backlog"?`, or nothing.
  package static func hint(for word: String, among candidates: [String]) -> String {
    nearest(to: word, among: candidates).map { " Did you mean `\($0)`?" } ?? ""
  }
}
