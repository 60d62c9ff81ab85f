import ArgumentParser
import Foundation
import LabCatalog
import LabRuntime

/// `netlab new lesson`: a file that lints and runs as it is, to be changed piece by piece.
struct NewCommand: ParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case lesson
  }

  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a new lesson to start from.",
    discussion: """
      netlab new lesson --track sockets --code SP9 --title "Who closes first?"
      The file passes netlab lint and netlab run before you change a word. One that is there is never overwritten.
      """)

  @Argument(help: ArgumentHelp("What to write: lesson.", valueName: "what"))
  var kind: Kind

  @Option(help: ArgumentHelp("The track's id or its letters, as in lessons/tracks.yaml.", valueName: "track"))
  var track: String

  @Option(help: ArgumentHelp("The track's letters and a number: SP9.", valueName: "code"))
  var code: String

  @Option(help: ArgumentHelp("34 characters at most.", valueName: "title"))
  var title: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write it into this folder instead of lessons/TRACK.", valueName: "dir"))
  var output: String?

  @OptionGroup var data: DataOption

  func run() throws {
    let folder = try data.find()
    let catalog = Catalog.loadLessons(from: .disk(root: folder)).catalog
    let draft: LessonDraft
    do { draft = try LessonDraft.plan(track: track, code: code, title: title, in: catalog) } catch {
      Machine.complain(error.sentence)
      throw Exit.unable
    }
    let path = try write(draft, folder)
    print("Wrote \(path). It lints and runs as it is.")
    print("Next:")
    for (command, what) in next(draft, path) { print("  \(command)\n      \(what)") }
  }

  private func write(_ draft: LessonDraft, _ folder: String) throws -> String {
    let home = output ?? "\(folder)/lessons/\(draft.track)"
    let path = home + (home.hasSuffix("/") ? "" : "/") + draft.fileName
    do {
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
      try Data(draft.text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    } catch {
      Machine.complain("\(path) can't be written: \(FileTrouble.reason(error))")
      throw Exit.unable
    }
    return path
  }

  private func next(_ draft: LessonDraft, _ path: String) -> [(String, String)] {
    let file = ShellWord.quoted(path)
    let name = output == nil ? ShellWord.quoted(draft.id) : file
    let folder = data.folder.map { " --data \(ShellWord.quoted($0))" } ?? ""
    return [
      ("netlab preview \(file)\(folder)", "shows it while you write, and starts it anew when you save"),
      ("netlab lint \(name)\(folder)", "says what a reader would stumble over; --fix mends the small things"),
      ("netlab run \(name)\(folder)", "plays it without a person, on real sockets"),
      (
        "netlab lint --run \(name)\(folder)",
        "plays it again and again, beside others: does it always come true?"
      ),
    ]
  }
}
