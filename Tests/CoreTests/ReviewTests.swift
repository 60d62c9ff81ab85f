import LabFacts
import Foundation
import Testing

@testable import LabCore

/// When questions come back, and what is remembered of beliefs.
@Suite struct ReviewTests {
  static let monday = Day(number: 20_000)

  @Test(arguments: [
    ("1970-01-01", 0), ("1970-12-31", 364), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
    ("2026-11-27", 20_784), ("2100-03-01", 47_541),
  ])
  func `a day is written as a date and read again`(text: String, number: Int) {
    #expect(Day(number: number).description == text)
    #expect(Day(text)?.number == number)
  }

  @Test(arguments: ["", "2026-02-30", "2026-13-01", "26-01-01", "2026-1-01", "today", "2026-11-27T10:00:00Z"])
  func `what is no date is none`(text: String) { #expect(Day(text) == nil) }

  @Test func `seconds belong to the day they lie in`() {
    #expect(Day(seconds: 86_399) == Day(number: 0))
    #expect(Day(seconds: 86_400) == Day(number: 1))
  }

  @Test(arguments: [
    ("", 1), ("r", 3), ("rr", 7), ("rrr", 21), ("w", 1), ("rw", 1), ("rrrw", 1), ("rrrwr", 3),
  ])
  func `the gap grows with right answers and starts again with a wrong one`(answers: String, gap: Int) {
    var schedule = ReviewSchedule(learned: Self.monday)
    var day = Self.monday
    for answer in answers {
      day = schedule.due ?? day
      schedule.answered(right: answer == "r", on: day)
    }
    #expect(schedule.due == day + gap)
    #expect(!schedule.isDue(on: day + (gap - 1)))
    #expect(schedule.isDue(on: day + gap))
  }

  @Test func `after four right answers a question rests`() {
    var schedule = ReviewSchedule(learned: Self.monday)
    for _ in 1...4 { schedule.answered(right: true, on: Self.monday) }
    #expect(schedule.due == nil)
    #expect(!schedule.isDue(on: Self.monday + 1000))
  }

  @Test func `a question asked late counts from the day it was answered`() {
    var schedule = ReviewSchedule(learned: Self.monday)
    schedule.answered(right: true, on: Self.monday + 40)
    #expect(schedule.due == Self.monday + 43)
  }

  @Test func `the longest overdue comes first, and a lesson done again keeps its dates`() {
    var progress = LabCore.Progress()
    progress.enroll(["b/recall/0", "a/recall/0"], learned: Self.monday)
    progress.enroll(["c/recall/0"], learned: Self.monday + 2)
    progress.reviewed("b/recall/0", belief: nil, right: true, on: Self.monday + 1)
    progress.enroll(["b/recall/0"], learned: Self.monday + 1)
    #expect(progress.dueReviews(on: Self.monday) == [])
    #expect(progress.dueReviews(on: Self.monday + 1) == ["a/recall/0"])
    #expect(progress.dueReviews(on: Self.monday + 4) == ["a/recall/0", "c/recall/0", "b/recall/0"])
    #expect(progress.nextReview(after: Self.monday + 1) == Self.monday + 3)
  }

  @Test(arguments: [
    ("m", LabCore.Progress.Belief.Standing.believed, 0), ("b", .seenThrough, 0), ("mb", .seenThrough, 0),
    ("bm", .cameBack, 1), ("mbmm", .cameBack, 1), ("bmbm", .cameBack, 2), ("bmb", .seenThrough, 1),
  ])
  func `a belief that was seen through can come back`(
    story: String, standing: LabCore.Progress.Belief.Standing, times: Int
  ) {
    var belief = LabCore.Progress.Belief()
    for event in story {
      if event == "m" { belief.miss(on: Self.monday) } else { belief.beat(on: Self.monday) }
    }
    #expect(belief.standing == standing)
    #expect(belief.cameBack == times)
  }

  @Test func `a file of the version before is read`() throws {
    let old = """
      {"version":1,"lessons":{"sp1-two-programs":{"reached":7,"steps":7,"done":"2026-11-20","hints":0,"predictions":[]}},
       "beliefs":{"M01":{"missed":2,"beaten":1}}}
      """
    let progress = try JSONDecoder().decode(LabCore.Progress.self, from: Data(old.utf8))
    #expect(progress.version == LabCore.Progress.currentVersion)
    #expect(progress.doneCount == 1)
    #expect(progress.beliefs["M01"]?.standing == .believed)
    #expect(progress.reviews == [:])
  }

  @Test func `the first test is before, every further one after`() {
    var progress = LabCore.Progress()
    progress.checked(["M01": false], on: Self.monday)
    progress.checked(["M01": true], on: Self.monday + 9)
    #expect(progress.before == .init(day: Self.monday, answers: ["M01": false]))
    #expect(progress.after == .init(day: Self.monday + 9, answers: ["M01": true]))
  }
}
