import LabFacts
import LabTLS
import LabTesting
import Testing

/// Lists of revoked certificates in the lab's PKI folder.
struct PKIRevocationTests {
  private static let day: Int64 = 86_400

  private func declarations(
    revoked: [String] = ["server"], from: Int = -1, to: Int = 60
  ) -> [IdentityDeclaration] {
    var intermediate = TLSIdentities.intermediate
    intermediate.revocations = [
      RevocationDeclaration(name: "lab-crl", revoked: revoked, validFromDays: from, validToDays: to)
    ]
    return [TLSIdentities.authority, intermediate, TLSIdentities.server("server")]
  }

  private func prepare(
    _ declarations: [IdentityDeclaration], _ folder: TestFolder, days: Int64 = 0
  ) throws -> PKIStore {
    try PKIStore.prepare(
      declarations: declarations, directory: folder.file("pki"),
      now: TLSIdentities.now + days * PKIRevocationTests.day)
  }

  @Test func `a second start keeps the list, and a list near its end is made anew`() throws {
    let folder = try TestFolder()
    let first = try prepare(declarations(), folder).revocationPEM(named: "lab-crl")
    #expect(first != nil)
    #expect(try prepare(declarations(), folder, days: 30).revocationPEM(named: "lab-crl") == first)
    let later = try prepare(declarations(), folder, days: 50)
    #expect(later.revocationPEM(named: "lab-crl") != first)
    #expect(later.revocationSummaries(named: "lab-crl").first?.isOverdue(at: TLSIdentities.now) == false)
    #expect(later.revocations(named: "lab-crl") == .file(folder.file("pki/lab-crl.crl")))
  }

  @Test func `a list that should be overdue stays so`() throws {
    let folder = try TestFolder()
    let wanted = declarations(from: -30, to: -1)
    let first = try prepare(wanted, folder).revocationPEM(named: "lab-crl")
    let later = try prepare(wanted, folder, days: 400)
    #expect(later.revocationPEM(named: "lab-crl") != nil)
    #expect(
      later.revocationSummaries(named: "lab-crl").first?.isOverdue(
        at: TLSIdentities.now + 400 * PKIRevocationTests.day) == true)
    #expect(try prepare(wanted, folder, days: 10).revocationPEM(named: "lab-crl") != nil)
    #expect(first != nil)
  }

  @Test func `a changed declaration, a renewed certificate or a damaged file makes the list anew`() throws {
    let folder = try TestFolder()
    let store = try prepare(declarations(), folder)
    #expect(
      store.revocationSummaries(named: "lab-crl").first?.serials
        == [store.summary(named: "server")?.serial].compactMap(\.self))
    let empty = try prepare(declarations(revoked: []), folder)
    #expect(empty.revocationSummaries(named: "lab-crl").first?.count == 0)
    try folder.write(Array("torn".utf8), to: "pki/lab-crl.crl")
    let mended = try prepare(declarations(revoked: []), folder)
    #expect(mended.revocationSummaries(named: "lab-crl").count == 1)
    // The server's certificate is renewed in these days, and the new one is what is revoked.
    let renewed = try prepare(declarations(), folder, days: 310)
    #expect(
      renewed.revocationSummaries(named: "lab-crl").first?.serials
        == [renewed.summary(named: "server")?.serial].compactMap(\.self))
  }

  @Test func `a list can't name what its CA has not signed`() throws {
    for name in ["lab-intermediate", "nobody"] {
      let failure = #expect(throws: Failure.self) {
        try PKIStore.prepare(
          declarations: declarations(revoked: [name]), directory: nil, now: TLSIdentities.now)
      }
      #expect(failure?.evidence.subject == "lab-crl")
    }
  }
}
