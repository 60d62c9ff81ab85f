import LabCore
import LabFacts

/// Bytes of an application as lines to read.
enum DataText {
  /// A line for each line break in them; what can't be printed is escaped.
  static func lines(_ bytes: [UInt8], isCut: Bool) -> [String] {
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map { line in
      Notation.escaped(Array(line.last == 13 ? line.dropLast() : line))
    }
    let whole = lines.last == "" && !isCut ? lines.dropLast() : lines[...]
    return isCut ? whole + ["(more was not kept)"] : Array(whole)
  }

  /// What an end has said and heard, for the plain mode.
  static func dialogue(of end: EndState, named name: String) -> [String] {
    let records = [("has sent", end.dataSent), ("has received", end.dataReceived)]
    return records.flatMap { verb, record -> [String] in
      guard record.total > 0 else { return ["\(name) \(verb) nothing."] }
      return ["\(name) \(verb) \(record.total) bytes:"]
        + lines(record.kept, isCut: record.kept.count < record.total).map { "  \($0)" }
    }
  }
}
