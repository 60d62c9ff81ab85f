import LabFacts

/// A new lesson that passes the linter and runs as it is, to be changed piece by piece.
package struct LessonDraft: Equatable, Sendable {
  package let id: String
  package let code: String
  package let track: String
  package let title: String

  /// Why there can't be such a lesson, in sentences.
  package struct Refusal: Error, Equatable {
    package let sentence: String
  }

  /// A draft that fits this catalog.
  package static func plan(
    track name: String, code: String, title: String, in catalog: Catalog
  ) throws(Refusal) -> LessonDraft {
    let title = title.trimmed()
    let track = try track(name, catalog)
    let code = code.uppercased()
    guard NameRules.isCode(code, of: track) else {
      throw Refusal(
        sentence: "The code \(Notation.escaped(code)) is none of this track. "
          + "Write \(track.code) and a number below 1000; \(nextFree(track, catalog)) is free.")
    }
    try check(title)
    let draft = LessonDraft(id: id(code, title), code: code, track: track.id, title: title)
    try draft.checkFree(track, catalog)
    return draft
  }

  private static func track(_ name: String, _ catalog: Catalog) throws(Refusal) -> Track {
    let wanted = name.lowercased()
    if let track = catalog.tracks.first(where: { $0.id == wanted || $0.code.lowercased() == wanted }) {
      return track
    }
    let names = catalog.tracks.map { "\($0.id) (\($0.code))" }.joined(separator: ", ")
    throw Refusal(sentence: "There is no track \(Notation.escaped(name)). There are: \(names).")
  }

  private static func check(_ title: String) throws(Refusal) {
    guard !title.isEmpty, title.count <= 34 else {
      throw Refusal(sentence: "A title has 1 to 34 characters; this one has \(title.count).")
    }
    if let odd = ScreenRules.odd(in: title) ?? title.first(where: \.isNewline) {
      throw Refusal(
        sentence: "The character \(Notation.escaped(String(odd))) can't be shown on every terminal.")
    }
    if let word = WordRules.banned(in: title).first {
      throw Refusal(sentence: "\"\(word)\" tells a learner that they are slow: leave it out.")
    }
  }

  private func checkFree(_ track: Track, _ catalog: Catalog) throws(Refusal) {
    let isBroken = catalog.leftOut.contains {
      $0.fileName == id || $0.fileName.hasPrefix(code.lowercased() + "-")
    }
    guard let other = catalog.lessons.first(where: { $0.code == code || $0.id == id }) else {
      guard isBroken else { return }
      throw Refusal(sentence: "A lesson file with the code \(code) is there already.")
    }
    throw Refusal(
      sentence: "\(other.code) is there already: \(other.id), \"\(other.title)\". "
        + "\(LessonDraft.nextFree(track, catalog)) is free.")
  }

  /// The first code after the track's last, or the first gap where that one is 999.
  static func nextFree(_ track: Track, _ catalog: Catalog) -> String {
    let codes = catalog.lessons(in: track.id).map(\.code).filter { NameRules.isCode($0, of: track) }
    let taken = Set(codes.compactMap { Int($0.dropFirst(track.code.count)) })
    let next = (taken.max() ?? 0) + 1
    let free = next < 1000 ? next : (1..<1000).first { !taken.contains($0) } ?? next
    return "\(track.code)\(free)"
  }

  /// The code and the title's words, as far as they fit.
  private static func id(_ code: String, _ title: String) -> String {
    let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    var id = code.lowercased()
    for word in words where id.count + 1 + word.count <= 31 { id += "-" + word }
    return id == code.lowercased() ? id + "-lesson" : id
  }

  package var fileName: String { id + ".yaml" }
  /// Where it belongs in the data folder.
  package var path: String { "lessons/\(track)/\(fileName)" }
}
