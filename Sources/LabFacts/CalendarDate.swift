/// A day as people write it, `2001-01-31`, as seconds since 1970 at midnight UTC.
package enum CalendarDate {
  /// Nothing where the text is no day of the Gregorian calendar, from 1970 on.
  package static func seconds(_ text: String) -> Int64? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2d || (0x30...0x39).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1970...9999).contains(year), (1...12).contains(month), (1...length(month, year)).contains(day)
    else { return nil }
    return Int64(days(year, month, day)) * 86_400
  }

  /// The day of these seconds, as people write it.
  package static func text(_ seconds: Int64) -> String {
    var days = Int(seconds / 86_400)
    var (year, month) = (1970, 1)
    while days >= (isLeap(year) ? 366 : 365) {
      days -= isLeap(year) ? 366 : 365
      year += 1
    }
    while days >= length(month, year) {
      days -= length(month, year)
      month += 1
    }
    return [String(year), two(month), two(days + 1)].joined(separator: "-")
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func length(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31  // the other seven months
    }
  }

  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let whole = (1970..<year).reduce(0) { $0 + (isLeap($1) ? 366 : 365) }
    return (1..<month).reduce(whole) { $0 + length($1, year) } + day - 1
  }
}
