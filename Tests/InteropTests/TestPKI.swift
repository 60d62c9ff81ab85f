import Foundation
import LabFacts
import LabTesting
import LabTLS

/// The lab's certificates as files, for peers that want files. Made for today: peers judge by their clock.
struct TestPKI {
  let store: PKIStore
  private let folder: String

  init(_ folder: String, _ declarations: [IdentityDeclaration] = TestIdentities.all) throws {
    self.folder = folder + "/pki"
    store = try PKIStore.prepare(
      declarations: declarations, directory: self.folder, now: Int64(Date().timeIntervalSince1970))
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }
}
