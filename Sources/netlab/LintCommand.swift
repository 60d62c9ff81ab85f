import ArgumentParser
import LabCatalog
import LabRuntime

/// `netlab lint`: what an author should change before others read it.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check lessons and explanations, with file, line and what to do.",
    discussion: "Exit code: 0 no errors, 1 errors, 2 no data folder. Warnings are printed and do not count.")

  @OptionGroup var data: DataOption

  func run() throws {
    let loaded = try data.lint()
    let problems = loaded.problems
    for problem in problems { print(problem) }
    let errors = problems.count { $0.severity == .error }
    let catalog = loaded.catalog
    print(
      "\(catalog.lessons.count) lessons, \(catalog.cards.count) explanations: \(errors) errors, "
        + "\(problems.count - errors) warnings.")
    if errors > 0 { throw Exit.differed }
  }
}
