/// What a list of revoked certificates (CRL, RFC 5280 section 5) says of itself. Every text is safe to print.
package struct RevocationSummary: Hashable, Sendable, Codable {
  /// The file, or the name, it was read from.
  package let source: String
  package let issuer: String
  /// Seconds since 1970 UTC.
  package let thisUpdate: Int64
  /// Seconds since 1970 UTC. Absent: the list does not say when the next one comes.
  package let nextUpdate: Int64?
  /// RFC 3339, UTC.
  package let thisUpdateText: String
  package let nextUpdateText: String?
  /// Serials of revoked certificates: hexadecimal, lower case, colons between. At most the first 100.
  package let serials: [String]
  /// How many certificates are revoked in all.
  package let count: Int

  package init(
    source: String, issuer: String, thisUpdate: Int64, nextUpdate: Int64?, thisUpdateText: String,
    nextUpdateText: String?, serials: [String], count: Int
  ) {
    self.source = source
    self.issuer = issuer
    self.thisUpdate = thisUpdate
    self.nextUpdate = nextUpdate
    self.thisUpdateText = thisUpdateText
    self.nextUpdateText = nextUpdateText
    self.serials = serials
    self.count = count
  }

  /// How many seconds old the list is.
  package func age(at moment: Int64) -> Int64 { moment - thisUpdate }

  /// Is the next list overdue? OpenSSL then refuses with verify error 12.
  package func isOverdue(at moment: Int64) -> Bool { nextUpdate.map { $0 < moment } ?? false }
}
