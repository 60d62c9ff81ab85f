/// Answers to a question: their shape, whether they are right, and what is.
extension Question {
  /// Has an answer the shape that is asked for? Right or wrong is another question.
  package func accepts(_ keys: [String]) -> Bool {
    let known = options.map(\.key)
    switch form {
    case .pick: return !keys.isEmpty && keys.allSatisfy(known.contains) && (isMultiple || keys.count == 1)
    case .order: return keys.count == known.count && Set(keys) == Set(known)
    case .number: return keys.count == 1 && Int(keys[0].trimmed()) != nil
    case .fill: return keys.contains { !$0.trimmed().isEmpty }
    // Marks between the rows can be pointed at too; they are never right.
    case .point: return keys.count == 1
    }
  }

  /// Is this what was asked for? Both have the shape that it accepts.
  func isRight(_ given: [String], _ right: [String]) -> Bool {
    switch form {
    case .pick: Set(given) == Set(right)
    case .order: given == right
    case .number: Int(given[0]) == right.first.flatMap { Int($0) }
    case .fill: given.first?.comparable == right.first?.comparable
    case .point: right.contains(given[0])
    }
  }

  var isPick: Bool {
    if case .pick = form { return true }
    return false
  }

  /// What is right, by the letters of the screen.
  func rightKeys(_ right: [String]) -> String {
    switch form {
    case .pick(.choice), .pick(.multi), .pick(.teachBack): right.joined(separator: " and ")
    case .pick(.bool), .number, .fill, .order, .point: rightTexts(right)
    }
  }

  /// What is right, in words.
  func rightTexts(_ right: [String]) -> String {
    switch form {
    case .pick: right.map { "\"\(text(of: $0))\"" }.joined(separator: " and ")
    case .order: words(right)
    case .number, .fill: right.joined()
    case .point: right.map(text).joined(separator: " or ")
    }
  }
}

extension String {
  /// For comparing what was typed: case and spaces do not count.
  fileprivate var comparable: String { lowercased().filter { !$0.isWhitespace } }
}
