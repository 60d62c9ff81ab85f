import COpenSSLSystem
import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Dates of certificates as text and numbers, without a calendar library.
enum UTCTime {
  /// `2026-07-26T12:00:00Z` for seconds since 1970.
  static func text(_ seconds: Int64) -> String {
    let day = Day(seconds: seconds)
    let second = Int(seconds) - day.number * 86_400
    let clock = [second / 3600, second / 60 % 60, second % 60]
    return "\(day)T\(clock.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":"))Z"
  }

  /// Nil for a time that OpenSSL can't read.
  static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
    return Int64(timegm(&parts))
  }

  static func text(_ time: UnsafePointer<ASN1_TIME>?) -> String { seconds(time).map(text) ?? "unreadable" }
}
