import COpenSSL
import COpenSSLSystem
import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lists of revoked certificates out of PEM text, and what they say of themselves.
enum RevocationReading {
  /// Every list of a source, in order; at least one.
  ///
  /// Whatever is wrong has the code `revocation-unknown`: what counts for the person is that nobody can be told
  /// apart from the revoked any more. The sentence says why: missing, not readable, or not a list.
  static func lists(_ source: PEMSource) throws(Failure) -> [RevocationList] {
    let text = try text(source)
    ErrorQueue.clear()
    let found = PEMReading.withBIO(text) { bio in
      var lists: [RevocationList] = []
      while let next = PEM_read_bio_X509_CRL(bio, nil, { _, _, _, _ in 0 }, nil) {
        lists.append(RevocationList(owning: next))
      }
      return lists
    }
    let errors = ErrorQueue.drain()
    guard !found.isEmpty, PEMReading.isEnd(errors) else {
      throw problem(
        source.name, "holds no revocation list in PEM form (-----BEGIN X509 CRL-----)", errors: errors)
    }
    return found
  }

  /// The text of a source, or why there is none.
  static func text(_ source: PEMSource) throws(Failure) -> [UInt8] {
    switch source {
    case .memory(let bytes, _): return bytes
    case .file(let path):
      do throws(FileReading.Problem) {
        return try FileReading.contents(path)
      } catch {
        let sentence =
          error.errno == ENOENT
          ? "the revocation list is missing" : "the revocation list can't be read: \(error.text)"
        throw problem(path, sentence, errno: Int(error.errno))
      }
    }
  }

  static func pem(_ list: RevocationList) -> [UInt8] {
    X509Reading.bytes { PEM_write_bio_X509_CRL($0, list.pointer) }
  }

  static func summary(_ list: RevocationList, source: String) -> RevocationSummary {
    let crl = list.pointer
    let first = UTCTime.seconds(X509_CRL_get0_lastUpdate(crl)) ?? 0
    let next = UTCTime.seconds(X509_CRL_get0_nextUpdate(crl))
    let entries = X509_CRL_get_REVOKED(crl)
    let count = Int(max(0, entries.map { netlab_sk_X509_REVOKED_num($0) } ?? 0))
    let serials = (0..<min(100, count)).compactMap { index in
      netlab_sk_X509_REVOKED_value(entries, Int32(index)).map {
        X509Reading.serial(number: X509_REVOKED_get0_serialNumber($0))
      }
    }
    return RevocationSummary(
      source: source, issuer: X509Reading.name(X509_CRL_get_issuer(crl)), thisUpdate: first,
      nextUpdate: next, thisUpdateText: UTCTime.text(first), nextUpdateText: next.map(UTCTime.text),
      serials: serials, count: count)
  }

  private static func problem(
    _ name: String, _ sentence: String, errors: [LibraryError] = [], errno: Int? = nil
  ) -> Failure {
    SetupFailure.make(
      .revocationUnknown, subject: name, errors: errors, said: ["\(name): \(sentence)"], errno: errno)
  }
}
