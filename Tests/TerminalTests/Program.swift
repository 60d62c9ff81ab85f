import Foundation
import LabCanvas
import LabTesting
import Testing

/// The real program, in a terminal of its own, with a state folder of its own.
struct Program {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  /// What `make test` built; the debug build of this checkout otherwise.
  static let path = ProcessInfo.processInfo.environment["NETLAB_BINARY"] ?? root + "/.build/debug/netlab"

  let state: URL
  let environment: [String: String]

  /// A data folder of its own, for a test to fill. It goes with the state.
  var data: URL { state.appendingPathComponent("data") }

  init(_ changes: [String: String] = [:], ownData: Bool = false) throws {
    state = FileManager.default.temporaryDirectory.appendingPathComponent("netlab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    let own = ProcessInfo.processInfo.environment
    let base = [
      "PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": state.path, "XDG_STATE_HOME": state.path,
      "NETLAB_DATA": Program.root, "LD_LIBRARY_PATH": own["LD_LIBRARY_PATH"] ?? "",
    ]
    let place = ownData ? ["NETLAB_DATA": state.appendingPathComponent("data").path] : [:]
    environment = base.merging(place) { _, given in given }.merging(changes) { _, given in given }
  }

  func start(_ arguments: [String] = [], size: Size = Size(80, 24)) throws -> TerminalSession {
    try TerminalSession([Program.path] + arguments, environment: environment, size: size)
  }

  /// Progress from an earlier day, before the program is started.
  func write(progress: String) throws {
    let folder = state.appendingPathComponent("netlab")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(progress.utf8).write(to: folder.appendingPathComponent("progress.json"))
  }

  func remove() { try? FileManager.default.removeItem(at: state) }

  /// Runs a body with the catalog on the screen.
  static func withCatalog(
    _ changes: [String: String] = [:], size: Size = Size(80, 24),
    _ body: (TerminalSession, Program) throws -> Void
  ) throws {
    let program = try Program(changes)
    defer { program.remove() }
    let session = try program.start(size: size)
    try session.expect("Catalog")
    try body(session, program)
  }
}
