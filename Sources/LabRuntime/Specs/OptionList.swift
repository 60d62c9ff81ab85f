import LabFacts

/// `key=value` pairs after an address, separated by commas: `8443/tls,kind=http,cert=a.pem`.
struct OptionList: Equatable {
  let head: String
  let pairs: [(key: String, value: String)]

  static func == (a: OptionList, b: OptionList) -> Bool {
    a.head == b.head && a.pairs.elementsEqual(b.pairs) { $0 == $1 }
  }

  /// A comma that belongs to a value is written `\,`.
  init(_ text: String) throws(UsageProblem) {
    var parts = OptionList.split(text)
    head = parts.removeFirst()
    var pairs: [(key: String, value: String)] = []
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard pair.count == 2, !pair[0].isEmpty else {
        throw UsageProblem(
          "\"\(Notation.escaped(part))\" is no option. Write option=value, separated by commas.")
      }
      pairs.append((pair[0], pair[1]))
    }
    self.pairs = pairs
  }

  private static func split(_ text: String) -> [String] {
    var parts = [""]
    var isEscaped = false
    for character in text {
      switch character {
      case "\\" where !isEscaped: isEscaped = true
      case "," where !isEscaped: parts.append("")
      case ",":
        parts[parts.count - 1].append(character)
        isEscaped = false
      default:
        if isEscaped { parts[parts.count - 1].append("\\") }
        parts[parts.count - 1].append(character)
        isEscaped = false
      }
    }
    return parts
  }
}
