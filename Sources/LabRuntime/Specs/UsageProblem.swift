import LabFacts

/// Something a person typed that can't be done, as a sentence that says what to do instead.
package struct UsageProblem: Error, Equatable, Sendable, CustomStringConvertible {
  package let message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }

  /// `there is no option "kye"; did you mean key?`
  package static func unknown(_ what: String, _ word: String, among known: [String]) -> UsageProblem {
    let said = Notation.escaped(word)
    if let nearest = Spelling.nearest(to: word, among: known) {
      return UsageProblem("There is no \(what) \"\(said)\". Did you mean \(nearest)?")
    }
    let all = Set(known).sorted().joined(separator: ", ")
    return UsageProblem("There is no \(what) \"\(said)\". There are: \(all).")
  }
}
