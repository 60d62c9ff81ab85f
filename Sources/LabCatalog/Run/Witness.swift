import LabCore
import LabFacts

/// Answers what conditions and templates ask: the lab, and for cards one failure and its two ends.
struct Witness {
  let lab: LabState
  /// Subjects by another name: `here` is `tcli.conn(1)`.
  var aliases: [String: String] = [:]
  /// What `failure.…` means.
  var failure: Failure?
  var failureSide: Side?

  init(_ lab: LabState) { self.lab = lab }

  func value(of path: String) -> Value? {
    if let failure, path.hasPrefix("failure.") {
      return FailureProperty(rawValue: String(path.dropFirst("failure.".count)))?
        .value(of: failure, side: failureSide)
    }
    guard let dot = path.firstIndex(of: "."), let alias = aliases[String(path[..<dot])] else {
      return lab.value(of: path)
    }
    return lab.value(of: alias + path[dot...])
  }

  func value(_ property: String, of subject: String) -> Value? { value(of: subject + "." + property) }

  /// The subjects behind one text: every end of `srv.conn(*)`, otherwise itself.
  func subjects(_ text: String) -> [String] {
    guard let subject = Subject(text), subject.which == .all else { return [text] }
    return lab.ends(of: subject).map { Subject.path($0.id) }
  }

  func failures(of text: String) -> [Failure] {
    Subject(aliases[text] ?? text).map { lab.failures(of: $0) } ?? []
  }

  func fill(_ text: String) -> String { Template.fill(text) { value(of: $0) }.text }
}
