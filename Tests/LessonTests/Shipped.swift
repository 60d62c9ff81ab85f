import Foundation
import LabCatalog
import LabRuntime
import Testing

/// The lessons of this repository, and a lab to play them in.
enum Shipped {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static let catalog = Catalog.load(from: .disk(root: folder)).catalog

  static let ids = catalog.lessons.map(\.id)

  /// A lab that leaves nothing behind.
  static var surroundings: LabRuntime.Surroundings {
    LabRuntime.Surroundings(
      environment: EnvironmentInfo(), state: StateFolder(path: "/nonexistent"), keepsNothing: true,
      now: { Int64(Date().timeIntervalSince1970) })
  }

  /// Plays one lesson in a lab of its own.
  static func play(_ id: String, with player: AutoPlayer = AutoPlayer()) async throws -> LessonReport {
    let lab = LabRuntime(catalog: catalog, surroundings: surroundings) { _ in }
    await lab.start()
    let report = await lab.play(id, with: player)
    await lab.shutDown()
    return try #require(report)
  }
}
