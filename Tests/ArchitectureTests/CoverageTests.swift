import Testing

/// docs/coverage.md promises nothing that is not there.
struct CoverageTests {
  @Test func `every item of the source documents has one row, in order`() {
    #expect(CoverageTable.rows.map(\.id) == CoverageTable.ids)
  }

  @Test func `a row says where something is, or why it is not`() {
    let empty = CoverageTable.rows.filter { row in
      if row.words.contains("`no:`") || row.words.contains("`open:`") { return !row.givesReason }
      return row.claims.isEmpty && !CoverageTests.pointsAtNothing.contains(row.id)
    }
    #expect(empty.map(\.id) == [])
  }

  @Test func `whatever a row points at exists`() {
    #expect(CoverageTable.rows.flatMap(\.claims).compactMap(CoverageFacts.complaint) == [])
  }

  @Test(arguments: [
    "`verb: netlab serv --cert`", "`verb: netlab serve --cert --certificate`",
    "`verb: netlab serve --insecure`",
    "`verb: netlab proxy sctp`", "`verb: netlab certs show --p12`",
    "`actor: kind ftp`", "`actor: route sideways`", "`actor: key colour`", "`actor: action explode`",
    "`actor: greet`", "`lesson: sp0-nothing`", "`card: no-such-card`", "`doc: docs/nothing.md`",
    "`test: NoTests`",
  ])
  func `what does not exist is noticed`(claim: String) {
    let rows = CoverageTable.rows(of: ["| A1 | something | \(claim) |"])
    let claims = rows.flatMap(\.claims)
    #expect(claims.compactMap(CoverageFacts.complaint).count == claims.count)
    #expect(rows.count == 1)
    #expect(claims.count == 1)
  }

  @Test(arguments: [
    "`verb: netlab serve --cert --deadline --errors`", "`verb: netlab connect --via --sni -v`",
    "`verb: netlab proxy tcp dummy --commands`", "`verb: netlab certs export --p12`", "`actor: kind imap`",
    "`actor: route dual`", "`actor: key via`", "`actor: action start_tls`",
  ])
  func `what exists is found`(claim: String) {
    let claims = CoverageTable.rows(of: ["| A1 | something | \(claim) |"]).flatMap(\.claims)
    #expect(claims.count == 1)
    #expect(claims.compactMap(CoverageFacts.complaint) == [])
  }

  /// What a person sees and no file can be named for.
  private static let pointsAtNothing: Set<String> = ["D6"]
}
