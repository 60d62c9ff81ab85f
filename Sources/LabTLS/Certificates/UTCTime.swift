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
    let day = seconds.quotientAndFloor(86_400)
    let date = civil(day.quotient)
    let second = Int(day.remainder)
    return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
      + "T\(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))Z"
  }

  /// Nil for a time that OpenSSL can't read.
  static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
    return Int64(timegm(&parts))
  }

  static func text(_ time: UnsafePointer<ASN1_TIME>?) -> String { seconds(time).map(text) ?? "unreadable" }

  private static func digits(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  /// Proleptic Gregorian date of a day counted from 1970-01-01: eras of 400 years that begin in March.
  private static func civil(_ day: Int64) -> (year: Int, month: Int, day: Int) {
    let era = (day + 719_468).quotientAndFloor(146_097)
    let dayOfEra = Int(era.remainder)
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      year + Int(era.quotient) * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }
}

extension Int64 {
  /// Division that rounds down, so that the remainder is never negative.
  fileprivate func quotientAndFloor(_ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
