import LabCore
import LabFacts

/// Looks whether lines about the same end come in their order.
enum OrderCheck {
  static func mismatches(_ entries: [OrderEntry], _ lab: LabState) -> [Mismatch] {
    var subjects: [Subject] = []
    for entry in entries where !subjects.contains(entry.of) { subjects.append(entry.of) }
    return subjects.flatMap { subject in
      mismatches(entries.filter { $0.of == subject }, of: subject, lab)
    }
  }

  private static func mismatches(_ entries: [OrderEntry], of subject: Subject, _ lab: LabState) -> [Mismatch]
  {
    let expected = entries.map(\.words).joined(separator: ", then ")
    let ends = lab.ends(of: subject)
    guard !ends.isEmpty else {
      return [Mismatch(subject: subject.words, expected: expected, seen: "no connection")]
    }
    return ends.compactMap { end in
      let timeline = end.timeline.elements
      guard !isInOrder(entries, timeline) else { return nil }
      let seen = timeline.filter { entry in entries.contains { $0.isLike(entry) } }.map(\.words)
      return Mismatch(
        subject: Subject.words(Subject.path(end.id)), expected: expected,
        seen: seen.isEmpty ? "none of them yet" : seen.joined(separator: ", then "))
    }
  }

  private static func isInOrder(_ entries: [OrderEntry], _ timeline: [TimelineEntry]) -> Bool {
    var rest = timeline[...]
    for entry in entries {
      guard let index = rest.firstIndex(where: entry.matches) else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }
}

extension OrderEntry {
  func matches(_ entry: TimelineEntry) -> Bool {
    if let direction, direction != entry.direction { return false }
    switch (mark, entry.event) {
    case (.message(let name), .message(_, let message)): return message.name == name
    case (.alert(let number), .alert(_, let alert)): return alert.number == number
    case (.event(let event), _): return event.rawValue == entry.word
    case (.message, _), (.alert, _): return false
    }
  }

  /// The same mark, whichever way it went.
  fileprivate func isLike(_ entry: TimelineEntry) -> Bool {
    var loose = self
    loose.direction = nil
    return loose.matches(entry)
  }

  var words: String {
    let name =
      switch mark {
      case .message(let name): name
      case .alert(let number): "alert \(number)"
      case .event(let event): event.rawValue
      }
    return direction.map { "\(name) \($0.rawValue)" } ?? name
  }
}

extension TimelineEntry {
  fileprivate var words: String {
    let name =
      switch event {
      case .message(_, let message): message.name
      case .alert(_, let alert): "alert \(alert.number)"
      case .connecting, .opened, .tlsStarted, .tlsStopped, .dialogue, .established, .data, .http, .halfClosed,
        .closed, .failed:
        word
      }
    return direction.map { "\(name) \($0.rawValue)" } ?? name
  }
}
