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

  @Flag(name: .customLong("run"), help: "Run the lessons too, again and again, beside others.")
  var runs = false

  @Option(help: ArgumentHelp("With --run: how often each lesson runs; otherwise 20 times.", valueName: "n"))
  var rounds: Int?

  @OptionGroup var data: DataOption

  func validate() throws {
    guard let rounds else { return }
    guard (1...1000).contains(rounds) else { throw ValidationError("--rounds is a number from 1 to 1000.") }
    guard runs else { throw ValidationError("--rounds says how often --run runs a lesson: say --run too.") }
  }

  func run() throws {
    if rules {
      for line in LintRule.table { print(line) }
      return
    }
    let folder = try data.find()
    var named = NamedFiles(names, folder: folder)
    var loaded = Catalog.load(from: named.source)
    let wanted = try LintChoice(names, loaded.catalog, named, folder: folder)
    if fix {
      try mend(folder, wanted, named)
      named = NamedFiles(names, folder: folder)
      loaded = Catalog.load(from: named.source)
    }
    let catalog = loaded.catalog
    var problems = (loaded.problems + Linter.problems(in: catalog)).filter(wanted.contains)
    if runs {
      let ids = catalog.lessons.filter { wanted.contains($0.file) }.map(\.id)
      problems += tried(ids, catalog, folder).filter { wanted.contains($0.file) || $0.file == "lessons" }
    }
    try report(problems.map(named.named).sorted(), catalog)
  }

  private func tried(_ ids: [String], _ catalog: Catalog, _ folder: String) -> [AuthorProblem] {
    let rounds = rounds ?? 20
    let surroundings = LabRuntime.Surroundings(
      environment: Machine.environmentInfo(data: folder), state: Machine.state, keepsNothing: true,
      now: Machine.now)
    return Waiting.wait {
      await LintRun(catalog, ids, rounds: rounds, surroundings: surroundings).problems()
    }
  }

  private func mend(_ folder: String, _ wanted: LintChoice, _ named: NamedFiles) throws {
    let outcome = Mender.mend(named.source) { wanted.contains($0) }
    for (file, text) in outcome.files.sorted(by: { $0.key < $1.key }) {
      let path = named.names[file] ?? folder + "/" + file
      do { try AuthorFile(path: path).replace(text) } catch {
        Machine.complain("\(file) can't be written: \(FileTrouble.reason(error))")
        throw Exit.unable
      }
    }
    guard !json else { return }
    for problem in outcome.mended.map(named.named).sorted() {
      print("\(problem.file):\(problem.line):\(problem.column): mended[\(problem.code)]: \(problem.message)")
    }
  }

  private func report(_ problems: [AuthorProblem], _ catalog: Catalog) throws {
    let errors = problems.count { $0.severity == .error }
    if json {
      for problem in problems { print(LintJSON.line(for: problem)) }
    } else {
      for problem in problems { print(problem) }
      let warnings = problems.count - errors
      print(
        "\(catalog.lessons.count) lessons, \(catalog.cards.count) explanations: "
          + "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s").")
    }
    if errors > 0 { throw Exit.differed }
  }
}
