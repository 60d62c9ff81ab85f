import LabCatalog

extension PlainSession {
  /// What stands after `/` or `search`, as it was typed; nothing where no search was.
  static func searched(_ typed: String) -> String? {
    for lead in ["/", "search "] where typed.lowercased().hasPrefix(lead) {
      return String(typed.dropFirst(lead.count)).trimmed
    }
    return nil
  }

  /// The lessons that words or a pasted error lead to, by their numbers in the list.
  func search(_ wanted: String, _ snapshot: LabSnapshot) -> PlainReply {
    guard !wanted.isEmpty else { return PlainReply(text: ["Words to search for, after the /."]) }
    let found = snapshot.catalog.search(wanted)
    guard !found.isEmpty else {
      return PlainReply(text: ["Nothing has \"\(wanted.safe)\" in it. Fewer words find more."])
    }
    let lines = found.flatMap { hit -> [String] in
      let number = PlainText.position(hit.lesson, snapshot.catalog)
      let reason = hit.because.map { ["     Found by \($0)"] } ?? []
      return ["  \(number)  \(hit.lesson.code) \(PlainText.ended(hit.lesson.title))"] + reason
    }
    return PlainReply(text: ["\(found.count) found:"] + lines)
  }
}
