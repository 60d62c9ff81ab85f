import Foundation
import LabRuntime

/// Copying out of a terminal: its own clipboard where it takes one, and a file for terminals that don't.
enum Clipboard {
  /// Keeps the text in a file too; answers what to tell the person.
  static func tell(_ what: String, inTerminal: Bool, text: String) -> String {
    let path = Machine.state.clip
    let isKept =
      Machine.state.make() == nil
      && (try? Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)) != nil
    switch (inTerminal, isKept) {
    case (true, true): return "Copied \(what). Also in \(path)"
    case (false, true): return "Copied \(what) into \(path)"
    case (true, false): return "Copied \(what) to the terminal's clipboard."
    case (false, false): return "Could not copy \(what): \(path) can't be written."
    }
  }
}
