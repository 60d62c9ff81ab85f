import ArgumentParser
import Foundation
import LabRuntime
import LabScreen
import LabViews

/// How a screen is drawn, or that there is none.
struct ScreenFlags: ParsableArguments {
  @Flag(help: "Go on line by line: for screen readers, dumb terminals and pipes.")
  var plain = false

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "Colours: auto, always or never. NO_COLOR means never.")
  var color: ScreenOptions.Colour = .auto

  /// What this terminal can do, unless lines were asked for.
  var support: ScreenSupport {
    let environment = ProcessInfo.processInfo.environment
    if plain || environment["ACCESSIBLE"].map({ !$0.isEmpty && $0 != "0" }) == true {
      return .linear(reason: "")
    }
    return ScreenSupport.check(term: environment["TERM"])
  }

  /// Shows a session on the screen, or as lines where there is none.
  func open(_ session: Session, _ lines: PlainSession) throws {
    switch support {
    case .fullScreen: try ScreenSession(session, options: options, ascii: ascii).run()
    case .linear(let reason): try open(session, lines, reason: reason)
    }
  }

  /// The same as lines.
  func open(_ session: Session, _ lines: PlainSession, reason: String) throws {
    if !plain { print((reason.isEmpty ? "" : reason + " ") + "netlab goes on line by line.") }
    try LineSession(session, lines).run()
  }

  var options: ScreenOptions {
    let environment = ProcessInfo.processInfo.environment
    var options = ScreenOptions()
    options.colour = color
    // no-color.org: present and not empty, whatever its value. A flag said on purpose wins.
    if color == .auto, let wish = environment["NO_COLOR"], !wish.isEmpty { options.colour = .never }
    if let delay = environment["ESCDELAY"].flatMap(Int32.init), delay >= 0 {
      options.escapeDelayMilliseconds = delay
    }
    let state = Machine.state
    // Where it goes elsewhere already, it can't tear the picture.
    if isatty(2) == 1, state.make() == nil {
      options.errorLog = state.log
      options.crashMessage = "netlab crashed. What it said last is in \(state.log)."
    }
    return options
  }
}

extension ScreenOptions.Colour: ExpressibleByArgument {}
