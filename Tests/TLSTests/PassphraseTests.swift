import LabFacts
import Testing

@testable import LabTLS

@Suite struct PassphraseTests {
  /// One wrong pass phrase in 256 ends with the right padding by chance, and OpenSSL has another error for that.
  @Test func `every wrong pass phrase is told as one`() {
    for number in 1...1500 {
      do throws(Failure) {
        _ = try PEMReading.key(EncryptedKey.key, name: "locked", passphrase: "wrong \(number)")
        Issue.record("It opened the key: \(number)")
      } catch {
        #expect(error.code == .keyPassphrase, "\(number): \(error.verbatim)")
      }
    }
  }
}
