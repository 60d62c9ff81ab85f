package import LabCore
import LabFacts

/// A run as text to take along: one line per event, with its time.
package enum Transcript {
  /// Every event still in the log.
  package static func lines(of log: FactLog) -> [String] {
    var state = log.base
    return log.facts.compactMap { stamped in
      Lab.reduce(&state, stamped)
      guard stamped.fact.isStep, let words = EventWords.line(stamped, in: state) else { return nil }
      return time(stamped.microseconds) + "  " + words
    }
  }

  /// Seconds with three decimals, right-aligned.
  private static func time(_ microseconds: Int) -> String {
    let milliseconds = microseconds / 1000
    let fraction = String(milliseconds % 1000)
    let text = "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
  }
}
