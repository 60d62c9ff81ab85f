import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime
import LabViews

/// `netlab run`: lessons without a screen, as a test of the lab and of this machine.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run lessons without a screen; they answer themselves.",
    discussion: """
      Each lesson runs on real sockets. It passes when everything happened that its text tells.
      Exit code: 0 all passed, 1 a lesson differed, 2 nothing could be run.
      """)

  @Argument(
    help: ArgumentHelp("Ids or codes of lessons: sp2, TB1, wb1-http-to-tls; or files.", valueName: "id"))
  var lessons: [String] = []

  @Flag(help: "Run every lesson.")
  var all = false

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Flag(help: "Print each lesson as it is told in the plain mode.")
  var plain = false

  @Option(
    help: ArgumentHelp(
      "Answer as this file says: JSON, a list of answers by step; the rest is answered rightly.",
      valueName: "file"))
  var answers: String?

  @OptionGroup var data: DataOption

  func validate() throws {
    if all && !lessons.isEmpty { throw ValidationError("Name lessons, or say --all: not both.") }
    if !all && lessons.isEmpty {
      throw ValidationError("Which lesson? Name one (netlab lessons lists them), or say --all.")
    }
    if json && plain { throw ValidationError("--json and --plain are two ways of printing: choose one.") }
  }

  func run() throws {
    let folder = try data.find()
    let named = NamedFiles(lessons, folder: folder)
    let loaded = Catalog.load(from: named.source)
    let ids = try chosen(from: loaded.catalog, named)
    let player = try AutoPlayer(answers: answers.map(told(in:)) ?? [:])
    let environment = Machine.environmentInfo(data: folder)
    let surroundings = LabRuntime.Surroundings(
      environment: environment, state: Machine.state, keepsNothing: true, now: Machine.now)
    let reports = Waiting.wait {
      let lab = LabRuntime(catalog: loaded.catalog, surroundings: surroundings) { _ in }
      await lab.start()
      var reports: [LessonReport] = []
      for id in ids {
        guard let report = await lab.play(id, with: player) else { continue }
        show(report, loaded.catalog, engine: environment.opensslVersion)
        reports.append(report)
      }
      await lab.shutDown()
      return reports
    }
    let failed = reports.count { !$0.passed }
    if !json { print("\(reports.count - failed) of \(reports.count) lessons passed.") }
    if failed > 0 { throw Exit.differed }
  }

  /// `{ "guess": ["b"], "try": ["c", "a"] }`
  private func told(in file: String) throws -> [String: [String]] {
    guard let text = FileManager.default.contents(atPath: file),
      let answers = try? JSONDecoder().decode([String: [String]].self, from: text)
    else {
      Machine.complain(
        "\(Notation.escaped(file)) holds no answers. It is JSON: { \"guess\": [\"b\"], \"try\": [\"c\", \"a\"] }"
      )
      throw Exit.unable
    }
    return answers
  }

  private func chosen(from catalog: Catalog, _ named: NamedFiles) throws -> [String] {
    if all { return catalog.lessons.map(\.id) }
    return try lessons.map { name in
      if let lesson = catalog.lesson(name) { return lesson.id }
      if let key = named.names.first(where: { $0.value == name })?.key {
        if let lesson = catalog.lessons.first(where: { $0.file == key }) { return lesson.id }
        Machine.complain(
          "\(Notation.escaped(name)) can't be played: netlab lint \(Notation.escaped(name)) says why.")
        throw Exit.unable
      }
      let hint = catalog.nearestLesson(to: name).map { " Did you mean \($0.code) (\($0.id))?" } ?? ""
      Machine.complain("There is no lesson \(Notation.escaped(name)).\(hint) netlab lessons lists them all.")
      throw Exit.unable
    }
  }

  private func show(_ report: LessonReport, _ catalog: Catalog, engine: String) {
    if json {
      for line in JSONLines.lines(for: report, engine: engine) { print(line) }
      return
    }
    if plain { for line in PlainJournal.lines(for: report.run, catalog) { print(line) } }
    let lesson = report.run.lesson
    print("\(report.passed ? "pass" : "FAIL")  \(lesson.code)  \(lesson.title)  \(report.milliseconds) ms")
    for mismatch in report.mismatches { print("      \(mismatch.sentence)") }
  }
}
