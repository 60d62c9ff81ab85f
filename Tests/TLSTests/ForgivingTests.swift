import LabFacts
import LabTLS
import LabTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct ForgivingTests {
  @Test(arguments: HandshakeCell.both)
  func `exactly the errors that are named are forgiven`(_ version: TLSVersion) throws {
    for (ignored, isUp) in [([10], true), ([9], false), ([9, 10], true), ([], false)] {
      let talk = try TLSConversation(
        client: Setups.client {
          $0.maxVersion = version
          $0.ignoredVerifyErrors = ignored
        }, server: Setups.server("expired"))
      talk.carryAll()
      #expect(talk.client.isEstablished == isUp)
      let verdict = try #require(talk.verification(.client))
      #expect(verdict.forgiven == (isUp ? [10] : []))
      #expect(verdict.code == (isUp ? 0 : 10))
      #expect(talk.failure(.server)?.code == (isUp ? nil : .peerRejectedCert))
    }
  }

  @Test func `one forgiven error does not cover another`() throws {
    let talk = try TLSConversation(
      client: Setups.client {
        $0.ignoredVerifyErrors = [10]
        $0.expectedName = "elsewhere.test"
      }, server: Setups.server("expired"))
    talk.carryAll()
    #expect(talk.failure(.client)?.code == .hostnameMismatch)
    let both = try TLSConversation(
      client: Setups.client {
        $0.ignoredVerifyErrors = [10, 62]
        $0.expectedName = "elsewhere.test"
      }, server: Setups.server("expired"))
    both.carryAll()
    #expect(both.client.isEstablished)
    #expect(Set(both.verification(.client)?.forgiven ?? []) == [10, 62])
  }

  @Test(arguments: [
    ("9", 9), ("cert-has-expired", 10), ("X509_V_ERR_CERT_HAS_EXPIRED", 10), ("hostname_mismatch", 62),
    ("94", 94), ("0", nil), ("95", nil), ("-1", nil), ("expired-ish", nil),
  ])
  func `a verify error is named by number or by word`(_ text: String, _ number: Int?) {
    #expect(VerifyErrors.number(of: text) == number)
  }

  @Test func `a word that is near is named`() throws {
    let failure = #expect(throws: Failure.self) { try VerifyErrors.parse("cert-has-expird") }
    #expect(failure?.verbatim.first?.contains("cert-has-expired?") == true)
    #expect(failure?.evidence.subject == "cert-has-expird")
  }

  @Test func `numbers and names are those of the library's header`() throws {
    let path = "/usr/include/openssl/x509_vfy.h"
    guard access(path, R_OK) == 0, let file = fopen(path, "r") else { return }
    defer { fclose(file) }
    var found: [Int: String] = [:]
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, 512, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let words = text.split(whereSeparator: { " #\t\n".contains($0) })
      guard words.count >= 3, words[0] == "define", words[1].hasPrefix("X509_V_ERR_"),
        let number = Int(words[2])
      else { continue }
      found[number] = String(words[1])
    }
    for number in VerifyErrors.numbers { #expect(VerifyErrors.constant(number) == found[number]) }
    #expect(found.keys.max().map { $0 >= 94 } == true)
  }
}
