import Foundation
import LabFacts
import LabRuntime
import LabTesting
import Testing

/// The desk where certificates are looked at, made and taken back.
struct CertsTests {
  /// Runs a body with a desk of its own, in a folder of its own.
  private func withDesk(
    _ identities: [IdentityDeclaration] = TLSIdentities.declarations,
    _ body: (CertificateDesk, String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("netlab-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try CertificateDesk(
      identities: identities, state: StateFolder(path: folder.path), now: TLSIdentities.now)
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
      let first = try desk.revoke(["server"], authority: nil, keeping: nil, days: 30)
      try Data(first).write(to: URL(fileURLWithPath: file))
      let second = try desk.revoke(["10:04"], authority: nil, keeping: file, days: 30)
      try Data(second).write(to: URL(fileURLWithPath: file))
      let list = try #require(try desk.lists(inFile: file).first)
      #expect(list.count == 2)
      #expect(list.serials.contains("10:04"))
      #expect(throws: UsageProblem.self) {
        try desk.revoke(["server", "client-alice"], authority: nil, keeping: nil, days: 30)
      }
      #expect(throws: UsageProblem.self) {
        try desk.revoke(["nobody"], authority: nil, keeping: nil, days: 30)
      }
      #expect(throws: UsageProblem.self) {
        try desk.revoke(["10:04"], authority: "lab-ca", keeping: file, days: 30)
      }
    }
  }

  @Test func `what was revoked stays revoked since when it was, also when it is said again`() throws {
    try withDesk { desk, folder in
      let file = folder + "/x.crl"
      let first = try desk.revoke(["10:04"], authority: nil, keeping: nil, days: 30)
      try Data(first).write(to: URL(fileURLWithPath: file))
      let later = try CertificateDesk(
        identities: TLSIdentities.declarations, state: StateFolder(path: folder),
        now: TLSIdentities.now + 86_400)
      let second = try later.revoke(["10:05", "10:04"], authority: nil, keeping: file, days: 30)
      #expect(try Self.moments(first) == 2)
      // The new list tells the old moment for 10:04 alone: its own is the new one.
      #expect(try Self.moments(second, like: first) == 1)
      try Data("above\n".utf8 + second).write(to: URL(fileURLWithPath: file))
      #expect(try later.lists(inFile: file).map(\.count) == [2])
      #expect(try later.list(inFile: file) == second)
    }
  }

  /// How often a list in PEM tells the moment that this one, or another one, was made at (a UTCTime).
  private static func moments(_ text: [UInt8], like other: [UInt8]? = nil) throws -> Int {
    func der(_ text: [UInt8]) throws -> String {
      let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("-") }
      return String(decoding: try #require(Data(base64Encoded: lines.joined())), as: Unicode.ASCII.self)
    }
    let made = try #require(try der(other ?? text).firstMatch(of: /[0-9]{12}Z/)).output
    return try der(text).ranges(of: made).count
  }

  @Test func `what signs itself has no CA that could take it back`() throws {
    try withDesk { desk, _ in
      let problem = #expect(throws: UsageProblem.self) {
        try desk.revoke(["self-signed"], authority: nil, keeping: nil, days: 30)
      }
      #expect(problem?.message.contains("signed by itself") == true)
    }
  }

  @Test func `an identity on two lists has its trouble once`() throws {
    var authority = TLSIdentities.intermediate
    authority.revocations = ["one", "two"].map {
      RevocationDeclaration(name: $0, revoked: ["server"], validFromDays: -1, validToDays: 60)
    }
    try withDesk([TLSIdentities.authority, authority, TLSIdentities.server("server")]) { desk, _ in
      let report = try desk.report("server")
      #expect(report.troubles.count == 2)
      #expect(report.codes == [.revoked])
    }
  }

  @Test(arguments: [("server", "server"), ("client-wrong-purpose", "server"), ("client-alice", "client")])
  func `what is in order says for whom`(name: String, side: String) throws {
    try withDesk { desk, _ in
      let row = CertificateWords.row(try desk.report(name), nameWidth: 24)
      #expect(row.hasSuffix("in order for a \(side)"))
    }
  }

  @Test(arguments: [(397, nil), (36_500, "lab-intermediate")] as [(Int, String?)])
  func `a certificate that outlives those above it is told`(days: Int, named: String?) throws {
    try withDesk { desk, _ in
      var wish = CertificateDesk.Wish()
      (wish.names, wish.days) = (["shop.test"], days)
      let warning = try desk.make(wish).warning
      #expect((warning == nil) == (named == nil))
      if let named { #expect(warning?.contains(named) == true, "\(warning ?? "")") }
      wish.isSelfSigned = true
      #expect(try desk.make(wish).warning == nil)
    }
  }
}
