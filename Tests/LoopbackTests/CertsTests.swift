import Foundation
import LabFacts
import LabRuntime
import LabTesting
import Testing

/// The desk where certificates are looked at, made and taken back.
struct CertsTests {
  /// Runs a body with a desk of its own, in a folder of its own.
  private func withDesk(_ body: (CertificateDesk, String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("netlab-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try CertificateDesk(
      identities: TLSIdentities.declarations, state: StateFolder(path: folder.path), now: TLSIdentities.now)
    try body(desk, folder.path)
  }

  @Test(arguments: [
    ("server", []), ("expired", [FailureCode.expired]), ("not-yet-valid", [.notYetValid]),
    ("self-signed", [.selfSignedLeaf]), ("no-intermediate", [.missingIntermediate]),
    ("wrong-purpose", [.wrongPurpose]), ("weak-key", [.weakKey]), ("stranger", [.unknownCa]),
    ("client-alice", []), ("client-stranger", [.unknownCa]),
  ])
  func `what is wrong with an identity is told by its code`(name: String, codes: [FailureCode]) throws {
    try withDesk { desk, _ in
      let report = try desk.report(name)
      #expect(report.codes == codes)
    }
  }

  @Test func `a new certificate carries its names, its chain, and a key of its own`() throws {
    try withDesk { desk, folder in
      var wish = CertificateDesk.Wish()
      wish.names = ["shop.test", "IP:127.0.0.1"]
      let made = try desk.make(wish)
      #expect(made.name == "shop.test")
      let file = folder + "/shop.crt"
      try Data(made.certificate).write(to: URL(fileURLWithPath: file))
      let report = try desk.report(file)
      #expect(report.codes == [])
      #expect(report.certificates.count == 2)
      #expect(report.certificates.first?.summary.names == ["DNS:shop.test", "IP:127.0.0.1"])
    }
  }

  @Test(arguments: [
    ([], "needs a name"), (["example.com"], "--self-signed"), (["a,DNS:b"], "no name"),
    (["IP:1.2.3"], "no name"),
  ])
  func `what the lab's CA could not vouch for is not made`(names: [String], said: String) throws {
    try withDesk { desk, _ in
      var wish = CertificateDesk.Wish()
      wish.names = names
      let problem = #expect(throws: UsageProblem.self) { try desk.make(wish) }
      #expect(problem?.message.contains(said) == true, "\(problem?.message ?? "")")
    }
  }

  @Test func `a certificate that signs itself may have any name`() throws {
    try withDesk { desk, folder in
      var wish = CertificateDesk.Wish()
      (wish.names, wish.isSelfSigned) = (["*.example.com"], true)
      let made = try desk.make(wish)
      #expect(made.name == "_.example.com")
      try Data(made.certificate).write(to: URL(fileURLWithPath: folder + "/x.crt"))
      let report = try desk.report(folder + "/x.crt")
      #expect(report.codes == [.selfSignedLeaf])
    }
  }

  @Test func `a list grows, and is of one CA`() throws {
    try withDesk { desk, folder in
      let file = folder + "/x.crl"
      let first = try desk.revoke(["server"], authority: nil, keeping: [], days: 30)
      try Data(first).write(to: URL(fileURLWithPath: file))
      let second = try desk.revoke(["10:04"], authority: nil, keeping: try desk.lists(inFile: file), days: 30)
      try Data(second).write(to: URL(fileURLWithPath: file))
      let list = try #require(try desk.lists(inFile: file).first)
      #expect(list.count == 2)
      #expect(list.serials.contains("10:04"))
      #expect(throws: UsageProblem.self) {
        try desk.revoke(["server", "client-alice"], authority: nil, keeping: [], days: 30)
      }
      #expect(throws: UsageProblem.self) {
        try desk.revoke(["nobody"], authority: nil, keeping: [], days: 30)
      }
      #expect(throws: UsageProblem.self) {
        try desk.revoke(["10:04"], authority: "lab-ca", keeping: [list], days: 30)
      }
    }
  }
}
