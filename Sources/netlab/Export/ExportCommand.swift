import ArgumentParser
import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// `netlab export`: a run as a file, for people, programs and Wireshark.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Take a run along: as text, events, a hand-out, or packets for Wireshark.",
    discussion: """
      A lesson is run first, without a screen. A file is a run that was saved as JSON lines.
      Only pcapng holds secrets: those that decrypt its packets. Addresses, ports, times and bytes in it are
      those of the run; TCP/IP headers are reconstructed.
      """)

  @Argument(help: ArgumentHelp("A lesson's id or code, or a file saved as JSON lines.", valueName: "what"))
  var what: String

  @Option(help: "transcript, json, handout or pcapng.")
  var format: Export = .transcript

  @Option(name: [.customShort("o"), .long], help: "Write into this file; - is standard output.")
  var output: String?

  @OptionGroup var data: DataOption

  func run() throws {
    let (saved, run) = try FileManager.default.fileExists(atPath: what) ? (reading(), nil) : playing()
    guard let file = RunFile(format, saved, run) else {
      Machine.complain("A hand-out is made of a lesson: netlab export \(saved.lesson) --format handout")
      throw Exit.unable
    }
    let path = output ?? (format == .pcapng ? "\(saved.lesson).\(format.suffix)" : "-")
    do {
      if path == "-" { FileHandle.standardOutput.write(Data(file.bytes)) } else { try file.write(to: path) }
    } catch {
      Machine.complain("\(Notation.escaped(path)) can't be written: \(FileTrouble.reason(error))")
      throw Exit.unable
    }
    if path != "-" { Machine.complain("Saved as \(Notation.escaped(path))") }
    for remark in file.remarks { Machine.complain(remark) }
  }

  private func reading() throws -> SavedRun {
    do throws(SavedRunProblem) { return try SavedRun.read(what) } catch {
      Machine.complain(error.description)
      throw Exit.unable
    }
  }

  private func playing() throws -> (SavedRun, LessonRun?) {
    let loaded = try data.load()
    guard let lesson = loaded.catalog.lesson(what) else {
      let hint = loaded.catalog.nearestLesson(to: what).map { " Did you mean \($0.code) (\($0.id))?" } ?? ""
      Machine.complain("There is no lesson and no file \(Notation.escaped(what)).\(hint)")
      throw Exit.unable
    }
    let surroundings = LabRuntime.Surroundings(
      environment: Machine.environmentInfo(data: loaded.folder), state: Machine.state, keepsNothing: true,
      now: Machine.now)
    let played: (SavedRun, LessonReport)? = Waiting.wait {
      let lab = LabRuntime(catalog: loaded.catalog, surroundings: surroundings) { _ in }
      await lab.start()
      let report = await lab.play(lesson.id, with: AutoPlayer())
      let saved = await lab.playedRun
      await lab.shutDown()
      guard let report, let saved else { return nil }
      return (saved, report)
    }
    guard let (saved, report) = played else { throw Exit.unable }
    for mismatch in report.mismatches { Machine.complain("This run differed: \(mismatch.sentence)") }
    return (saved, report.run)
  }
}

extension Export: ExpressibleByArgument {}
