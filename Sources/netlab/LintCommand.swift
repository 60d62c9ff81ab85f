import ArgumentParser
import Foundation
import LabCatalog
import LabRuntime

/// `netlab lint`: what an author should change before others read it.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check lessons and explanations, with file, line and what to do.",
    discussion: """
      Exit code: 0 no errors, 1 errors, 2 nothing could be checked. Warnings are printed and do not count.
      """)

  @Argument(
    help: ArgumentHelp("Tell only what is about these: ids or codes of lessons, or files.", valueName: "id"))
  var names: [String] = []

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Flag(help: "Mend what needs no judgement, and say what was changed.")
  var fix = false

  @Flag(help: "Print the rules by number.")
  var rules = false

  @OptionGroup var data: DataOption

  func run() throws {
    if rules {
      for line in LintRule.table { print(line) }
      return
    }
    let folder = try data.find()
    let wanted = try LintChoice(names, folder: folder)
    if fix { try mend(folder, wanted) }
    let loaded = try data.lint()
    try report(loaded.problems.filter { wanted.contains($0.file) }, loaded.catalog)
  }

  private func mend(_ folder: String, _ wanted: LintChoice) throws {
    let outcome = Mender.mend(.disk(root: folder), wanted: wanted.contains)
    for (file, text) in outcome.files.sorted(by: { $0.key < $1.key }) {
      do { try AuthorFile(path: folder + "/" + file).replace(text) } catch {
        Machine.complain("\(file) can't be written: \(error.localizedDescription)")
        throw Exit.unable
      }
    }
    guard !json else { return }
    for problem in outcome.mended.sorted() {
      print("\(problem.file):\(problem.line):\(problem.column): mended[\(problem.code)]: \(problem.message)")
    }
  }

  private func report(_ problems: [AuthorProblem], _ catalog: Catalog) throws {
    let errors = problems.count { $0.severity == .error }
    if json {
      for problem in problems { print(LintJSON.line(for: problem)) }
    } else {
      for problem in problems { print(problem) }
      print(
        "\(catalog.lessons.count) lessons, \(catalog.cards.count) explanations: \(errors) errors, "
          + "\(problems.count - errors) warnings.")
    }
    if errors > 0 { throw Exit.differed }
  }
}
