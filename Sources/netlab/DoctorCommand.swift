import ArgumentParser
import Foundation
import LabCanvas
import LabCatalog
import LabRuntime
import LabScreen

/// `netlab doctor`: what is here, and what to do where something is missing.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show versions, folders, ports, IPv6 and the terminal; make the lab's certificates.")

  @OptionGroup var data: DataOption

  func run() throws {
    let loaded = try data.lint()
    let errors = loaded.problems.count { $0.severity == .error }
    var findings = [
      Checkup.Finding("netlab", Version.number),
      Checkup.Finding(
        "data folder",
        "\(loaded.folder): \(loaded.catalog.lessons.count) lessons, "
          + "\(loaded.catalog.cards.count) explanations",
        advice: errors == 0 ? nil : "\(errors) errors in its files: netlab lint shows them."),
    ]
    findings += Checkup.examine(loaded.catalog, state: Machine.state, now: Machine.now())
    findings += terminal
    for finding in findings {
      print("\(finding.name.padding(to: 16))\(finding.value)")
      if let advice = finding.advice { print("\("".padding(to: 16))-> \(advice)") }
    }
  }

  private var terminal: [Checkup.Finding] {
    let environment = ProcessInfo.processInfo.environment
    let size = TerminalSize.of(1).map { ", \($0.width)x\($0.height)" } ?? ""
    let kind = Checkup.Finding("terminal", (environment["TERM"] ?? "TERM is not set") + size)
    switch ScreenSupport.check(term: environment["TERM"]) {
    case .fullScreen: return [kind, Checkup.Finding("screen", "full")]
    case .linear(let reason):
      return [kind, Checkup.Finding("screen", "line by line", advice: reason)]
    }
  }
}
