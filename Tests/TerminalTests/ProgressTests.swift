import Foundation
import Testing

/// `netlab progress` with real files.
@Suite struct ProgressTests {
  private static let empty = "{\"version\":2,\"lessons\":{},\"beliefs\":{}}"
  private static let one =
    "{\"version\":2,\"beliefs\":{},\"lessons\":{\"sp1-two-programs\":"
    + "{\"reached\":1,\"steps\":1,\"done\":\"2026-01-01\",\"hints\":0,\"predictions\":[]}}}"

  @Test(arguments: ["{ torn", "{\"version\":99}", nil])
  func `an export that has nothing to write leaves an older copy as it is`(kept: String?) throws {
    let program = try Program()
    defer { program.remove() }
    if let kept { try program.write(progress: kept) }
    let backup = program.state.path + "/backup.json"
    try Data("good".utf8).write(to: URL(fileURLWithPath: backup))
    let result = try PipedProgram(program, ["progress", "export", backup]).finish()
    #expect(result.status == 2)
    #expect(result.errors.contains("\(backup) was not written."), "\(result.errors)")
    #expect(try String(contentsOfFile: backup, encoding: .utf8) == "good")
    // Looking is no reason to move anything.
    let path = program.state.path + "/netlab/progress.json"
    #expect(FileManager.default.contents(atPath: path) == kept.map { Data($0.utf8) })
  }

  @Test func `what was exported comes back, twice in a second too`() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(progress: Self.one)
    let backup = program.state.path + "/backup.json"
    #expect(try PipedProgram(program, ["progress", "export", backup]).finish().status == 0)
    for _ in 1...3 {
      let result = try PipedProgram(program, ["progress", "import", backup]).finish()
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.lines.last == "1 lesson done, 0 beliefs met: imported.")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: program.state.path + "/netlab")
    #expect(names.count { $0.hasPrefix("progress.json.before-import-") } == 3)
  }

  @Test(arguments: [
    (["import", "DIR"], "DIR can't be read: "), (["import", ""], "Name the file"),
    (["import", "/nonexistent"], "There is no file /nonexistent."),
    (["export", "DIR"], "could not be saved in DIR"),
    (["export", ""], "Name the file"), (["export", "t.csv", "--csv"], "--csv prints a table"),
  ])
  func `a file that can't be is told in a sentence`(arguments: [String], complaint: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(progress: Self.empty)
    let folder = program.state.path + "/folder"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let words = ["progress"] + arguments.map { $0 == "DIR" ? folder : $0 }
    let result = try PipedProgram(program, words).finish()
    #expect(result.status == 2)
    #expect(result.errors.contains(complaint.replacing("DIR", with: folder)), "\(result.errors)")
    #expect(!result.errors.contains("NSCocoa"))
  }
}
