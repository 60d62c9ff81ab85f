import LabFacts
import Testing

struct CalendarDateTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2001-01-01", 978_307_200), ("2000-02-29", 951_782_400),
    ("2026-11-20", 1_795_132_800),
  ])
  func `a day is its seconds since 1970`(text: String, seconds: Int64) {
    #expect(CalendarDate.seconds(text) == seconds)
  }

  @Test(arguments: ["2001-02-29", "2001-13-01", "2001-1-1", "01-01-2001", "2001-01-00", "x", "2001-01-01T00"])
  func `what is no day is nothing`(text: String) { #expect(CalendarDate.seconds(text) == nil) }
}
