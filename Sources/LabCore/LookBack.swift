package import LabFacts

/// Where in its facts a run began a step of its lesson.
package struct StepMark: Equatable, Sendable, Codable {
  /// The number of the newest fact when the step began.
  package let after: Int
  /// From 1.
  package let step: Int
  /// What it is about, as the screen names it: `RUN`.
  package let phase: String

  package init(after: Int, step: Int, phase: String) {
    self.after = after
    self.step = step
    self.phase = phase
  }
}

extension [StepMark] {
  /// The step that an event belongs to.
  package func mark(of number: Int) -> StepMark? { last { $0.after < number } }

  /// The places among these events where a step has its first, in order.
  func starts(_ events: [StampedFact]) -> [Int] {
    let places = compactMap { mark in events.firstIndex { $0.number > mark.after } }
    return Set(places).sorted()
  }
}

/// A cursor in a run's events. While it has a place, the past is shown; the run itself goes on.
package struct LookBack: Equatable, Sendable {
  /// The place among the events of the log, from 0. Absent: the newest moment is shown.
  package private(set) var place: Int?
  /// The event there, and the state right after it.
  package private(set) var event: StampedFact?
  package private(set) var state: LabState?
  /// How many events there are.
  package private(set) var count = 0

  package init() {}

  /// Back to the newest moment.
  package mutating func leave() { self = LookBack() }

  /// Goes back (negative) or forward by so many events. Answers whether that went beyond the newest.
  @discardableResult
  package mutating func move(by change: Int, in log: FactLog) -> Bool {
    let last = log.steps.count - 1
    guard last >= 0 else { return false }
    let next = (place ?? last) + change
    show(min(last, max(0, next)), in: log)
    return next > last
  }

  /// Goes where a person wants to look. Answers whether that went beyond the newest.
  @discardableResult
  package mutating func look(_ wish: Look, in log: FactLog, _ marks: [StepMark]) -> Bool {
    let events = log.steps
    guard !events.isEmpty else { return false }
    switch wish {
    case .first: show(0, in: log)
    case .last: show(events.count - 1, in: log)
    case .event(let number): show(min(events.count, max(1, number)) - 1, in: log)
    case .step(let number):
      guard let mark = marks.last(where: { $0.step == number }) else { return false }
      show(events.firstIndex { $0.number > mark.after } ?? events.count - 1, in: log)
    case .stepBefore:
      let here = place ?? events.count
      show(marks.starts(events).last { $0 < here } ?? 0, in: log)
    case .stepAfter:
      guard let next = marks.starts(events).first(where: { $0 > place ?? events.count }) else {
        show(events.count - 1, in: log)
        return true
      }
      show(next, in: log)
    }
    return false
  }

  private mutating func show(_ index: Int, in log: FactLog) {
    let events = log.steps
    guard events.indices.contains(index) else { return }
    (place, count, event) = (index, events.count, events[index])
    state = log.state(after: events[index].number)
  }
}
