import LabFacts
import LabTLS
import LabTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct PKITests {
  private static let day: Int64 = 86_400
  private let declarations = [
    TLSIdentities.authority, TLSIdentities.intermediate, TLSIdentities.server("server"),
  ]

  @Test func `directory and keys are their owner's alone`() throws {
    try withFolder { folder in
      _ = try prepare(declarations, folder)
      #expect(mode(folder) == 0o700)
      #expect(mode(folder + "/server.key") == 0o600)
      #expect(mode(folder + "/server.crt") == 0o644)
    }
  }

  @Test func `rights that were given to others are taken back`() throws {
    try withFolder { folder in
      _ = try prepare(declarations, folder)
      chmod(folder, 0o755)
      chmod(folder + "/server.key", 0o644)
      _ = try prepare(declarations, folder)
      #expect(mode(folder) == 0o700)
      #expect(mode(folder + "/server.key") == 0o600)
    }
  }

  @Test func `a second start uses what there is`() throws {
    try withFolder { folder in
      let first = try prepare(declarations, folder)
      let second = try prepare(declarations, folder, TLSIdentities.now + 10 * PKITests.day)
      for name in first.names { #expect(first.summary(named: name) == second.summary(named: name)) }
      #expect(second.identity(named: "server") == first.identity(named: "server"))
    }
  }

  @Test(arguments: [(290, false), (310, true), (500, true)])
  func `a leaf is renewed when a quarter of its life is left`(_ days: Int64, _ renewed: Bool) throws {
    try withFolder { folder in
      let first = try prepare(declarations, folder)
      let later = try prepare(declarations, folder, TLSIdentities.now + days * PKITests.day)
      #expect((first.summary(named: "server") != later.summary(named: "server")) == renewed)
      #expect(first.summary(named: "lab-ca") == later.summary(named: "lab-ca"))
    }
  }

  @Test func `what should be expired stays as it is, what should be early is made anew in time`() throws {
    let declarations =
      declarations + [
        TLSIdentities.server("expired", from: -30, to: -1),
        TLSIdentities.server("not-yet-valid", from: 30, to: 395),
      ]
    try withFolder { folder in
      let first = try prepare(declarations, folder)
      let soon = try prepare(declarations, folder, TLSIdentities.now + 20 * PKITests.day)
      #expect(first.summary(named: "not-yet-valid") == soon.summary(named: "not-yet-valid"))
      let later = try prepare(declarations, folder, TLSIdentities.now + 40 * PKITests.day)
      #expect(first.summary(named: "expired") == later.summary(named: "expired"))
      #expect(first.summary(named: "not-yet-valid") != later.summary(named: "not-yet-valid"))
      #expect(later.summary(named: "not-yet-valid")?.notBefore == "2026-08-24T12:00:00Z")
    }
  }

  @Test func `a changed declaration is made anew, and so is what it signs`() throws {
    try withFolder { folder in
      let first = try prepare(declarations, folder)
      var changed = declarations
      changed[1].commonName = "another intermediate"
      let second = try prepare(changed, folder)
      #expect(first.summary(named: "lab-ca") == second.summary(named: "lab-ca"))
      #expect(first.summary(named: "lab-intermediate") != second.summary(named: "lab-intermediate"))
      #expect(second.summary(named: "server")?.issuer == "CN=another intermediate,O=netlab")
      changed[2].note = "only the words differ"
      #expect(try prepare(changed, folder).summary(named: "server") == second.summary(named: "server"))
    }
  }

  @Test(arguments: ["server.key", "server.crt", "server.made", "server.chain.crt"])
  func `a damaged file is made good`(_ name: String) throws {
    try withFolder { folder in
      _ = try prepare(declarations, folder)
      truncate(folder + "/" + name, 3)
      let store = try prepare(declarations, folder)
      let identity = try #require(store.identity(named: "server"))
      #expect(throws: Never.self) {
        try TLSContext(TLSSetup(role: .server, identity: identity, date: TLSIdentities.now))
      }
    }
  }

  @Test func `processes that start at once end with the same identities`() async throws {
    let folder = try makeFolder()
    defer { remove(folder) }
    let declarations = declarations
    let prints = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try PKIStore.prepare(declarations: declarations, directory: folder, now: TLSIdentities.now)
            .summary(named: "server")?.fingerprint
        }
      }
      return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
    }
    #expect(prints.count == 1)
  }

  @Test func `a directory that can't be made is named`() throws {
    let failure = #expect(throws: Failure.self) {
      try PKIStore.prepare(declarations: declarations, directory: "/dev/null/pki", now: TLSIdentities.now)
    }
    #expect(failure?.code == .setupOther)
    #expect(failure?.phase == .setup)
    #expect(failure?.evidence.subject?.hasPrefix("/dev/null") == true)
  }

  @Test func `an issuer that is not declared, or a circle of issuers, is named`() throws {
    let lost = TLSIdentities.server("lost", issuer: "nowhere", chain: [])
    let circle = [
      TLSIdentities.server("a", issuer: "b", chain: []), TLSIdentities.server("b", issuer: "a", chain: []),
    ]
    for (declarations, subject) in [([lost], "lost"), (circle, "a")] {
      let failure = #expect(throws: Failure.self) {
        try PKIStore.prepare(declarations: declarations, directory: nil, now: TLSIdentities.now)
      }
      #expect(failure?.evidence.subject == subject)
    }
  }

  @Test func `the root is held to this machine's names, critically`() throws {
    let text = try #require(TLSIdentities.store().certificateText(named: "lab-ca"))
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    let start = try #require(lines.firstIndex { $0.hasPrefix("X509v3 Name Constraints") })
    #expect(
      lines[start..<start + 6] == [
        "X509v3 Name Constraints: critical", "Permitted:", "DNS:localhost", "DNS:test",
        "IP:127.0.0.0/255.0.0.0", "IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF",
      ])
  }

  @Test func `a certificate is summed up`() throws {
    let summary = try #require(TLSIdentities.store().summary(named: "server"))
    #expect(summary.subject == "CN=netlab.test,O=netlab")
    #expect(summary.issuer == "CN=netlab lab intermediate,O=netlab")
    #expect(summary.names == ["DNS:netlab.test", "DNS:localhost", "IP:127.0.0.1", "IP:::1"])
    #expect(summary.notBefore == "2026-06-14T12:00:00Z")
    #expect(summary.notAfter == "2027-07-16T12:00:00Z")
    #expect(summary.key == "EC P-256")
    #expect(summary.serial.split(separator: ":").count == 16)
    #expect(summary.fingerprint.split(separator: ":").count == 32)
    #expect(!summary.isAuthority && !summary.isSelfSigned)
    #expect(try TLSIdentities.store().summary(named: "lab-ca")?.isAuthority == true)
    #expect(try TLSIdentities.store().summary(named: "self-signed")?.isSelfSigned == true)
    #expect(try TLSIdentities.store().summary(named: "server-rsa")?.key == "RSA 2048")
  }

  // MARK: Folders

  private func prepare(
    _ declarations: [IdentityDeclaration], _ folder: String, _ now: Int64 = TLSIdentities.now
  ) throws -> PKIStore {
    try PKIStore.prepare(declarations: declarations, directory: folder, now: now)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try makeFolder()
    defer { remove(folder) }
    try body(folder)
  }

  /// A path for a folder that is not there yet, inside one that is.
  private func makeFolder() throws -> String {
    var template = Array("/tmp/netlab-pki-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template).map { String(cString: $0) })
    return made + "/state/pki"
  }

  private func remove(_ folder: String) {
    guard let directory = opendir(folder) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink(folder + "/" + name)
    }
    closedir(directory)
    for path in [folder, String(folder.dropLast(4)), String(folder.dropLast("/state/pki".count))] {
      rmdir(path)
    }
  }

  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    return UInt32(status.st_mode & 0o777)
  }
}
