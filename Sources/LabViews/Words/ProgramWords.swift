import LabCore
import LabFacts

/// A program of the machine in words: how it ended and the lines it wrote, safe to print.
enum ProgramWords {
  /// `ended after 812 ms: exit 60`.
  static func ended(_ end: ProgramEnd, netError: String?) -> String {
    let name = netError.map { ", \($0)" } ?? ""
    switch end.manner {
    case .exit(let code): return "ended after \(end.milliseconds) ms: exit \(code)\(name)"
    case .signal(let number): return "was ended by signal \(number) after \(end.milliseconds) ms\(name)"
    case .timeout: return "was killed: it had not ended after \(end.milliseconds / 1000) seconds\(name)"
    case .notStarted(let number): return "could not be started (errno \(number))"
    }
  }

  /// `exit 60`, without the time: the same each time it is run.
  static func outcome(_ end: ProgramEnd, netError: String?) -> String {
    let name = netError.map { ", \($0)" } ?? ""
    switch end.manner {
    case .exit(let code): return "exit \(code)\(name)"
    case .signal(let number): return "ended by signal \(number)\(name)"
    case .timeout: return "killed after \(end.milliseconds / 1000) seconds\(name)"
    case .notStarted(let number): return "could not be started (errno \(number))"
    }
  }

  /// What it wrote, its answer first: at most so many lines of each output, and what was left out.
  static func lines(_ program: ProgramState, limit: Int) -> [String] {
    guard let end = program.end else { return [] }
    let shownErrors = program.order.kind == .chromium ? [] : rows(end.errorOutput)
    return cut(rows(end.output), limit, "of its output") + cut(shownErrors, limit, "of its error output")
  }

  private static func rows(_ bytes: Bytes) -> [String] {
    bytes.kept.split(separator: 0x0a).map { line in
      Notation.escaped(line.last == 0x0d ? line.dropLast() : line)
    }.filter { !$0.isEmpty }
  }

  private static func cut(_ rows: [String], _ limit: Int, _ what: String) -> [String] {
    guard rows.count > limit else { return rows }
    let more = rows.count - limit
    return rows.prefix(limit) + ["(\(more) more \(more == 1 ? "line" : "lines") \(what))"]
  }
}
