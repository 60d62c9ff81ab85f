import Foundation
import LabFacts
import LabTLS
import LabTesting
import Testing

@testable import LabRuntime

/// What a program of the machine is given, and that nothing of it is left behind.
@Suite(
  .timeLimit(.minutes(2)),
  .enabled(if: MachineAbilities.path(of: .openssl) != nil, "openssl is not installed; CI requires it"))
struct ProgramStageTests {
  private let pki: PKIStore

  init() throws {
    pki = try PKIStore.prepare(declarations: TestIdentities.all, directory: nil, now: TestIdentities.now)
  }

  private func stage(_ order: ProgramOrder, in folder: String, stop: Int32 = -1) -> ProgramStage {
    ProgramStage(order: order, pki: pki, stop: stop, folder: folder)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/netlab-stage-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func `it has its files while it runs, and they are gone afterwards`() throws {
    try withFolder { folder in
      // Both files are read: the one to trust, and the one that is its own.
      let order = ProgramOrder(
        kind: .openssl,
        arguments: ["s_client", "-connect", "127.0.0.1:1", "-verify_return_error"], trust: ["lab-ca"],
        personal: "server")
      let end = stage(order, in: folder).run()
      #expect(end.manner == .exit(1))
      #expect(end.errorOutput.text.contains("onnect"))
      #expect(!end.errorOutput.text.contains("trusted.pem"))
      #expect(!end.errorOutput.text.contains("own.pem"))
      #expect(FileManager.default.subpaths(atPath: folder) == [])
    }
  }

  @Test func `an identity that is not there keeps it from starting`() throws {
    try withFolder { folder in
      let order = ProgramOrder(kind: .openssl, arguments: ["version"], personal: "nobody")
      #expect(stage(order, in: folder).run().manner == .notStarted(Int(EIO)))
      #expect(FileManager.default.subpaths(atPath: folder) == [])
    }
  }

  @Test func `a wiped lab kills what runs, and waits for it to be cleared away`() async throws {
    let folder = NSTemporaryDirectory() + "/netlab-desk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (ends, told) = AsyncStream.makeStream(of: ProgramEnd.self)
    var desk = ProgramDesk(folder: folder)
    let before = desk.generation
    let order = ProgramOrder(
      kind: .openssl, arguments: ["s_server", "-accept", "127.0.0.1:0", "-nocert"])
    desk.run(order, pki: pki) { told.yield($0) }
    desk.endAll()
    for task in desk.takeTasks() { await task.value }
    told.finish()
    var manners: [ProgramEnd.Manner] = []
    for await end in ends { manners.append(end.manner) }
    #expect(manners == [.signal(9)])
    #expect(desk.generation == before + 1)
    #expect(FileManager.default.subpaths(atPath: folder) == [])
  }
}
