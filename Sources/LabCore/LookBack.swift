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

/// A cursor in a run's events. While it stands at one, the past is shown; the run itself goes on, and its log may
/// forget the oldest. So the event is remembered, and its place is looked up.
package struct LookBack: Equatable, Sendable {
  /// The event that is shown. Absent: the newest moment is.
  package private(set) var event: StampedFact?
  /// The state right after it.
  package private(set) var state: LabState?

  package init() {}

  /// Back to the newest moment.
  package mutating func leave() { self = LookBack() }

  /// Where the event stands among those of the log, from 1, and how many there are by now. 0: before all of them.
  package func place(in log: FactLog) -> (event: Int, count: Int)? {
    guard event != nil else { return nil }
    let events = log.steps
    guard let here = index(among: events) else { return nil }
    return (event: here + 1, count: events.count)
  }

  /// From 0; -1 where the log has forgotten the event.
  private func index(among events: [StampedFact]) -> Int? {
    event.map { shown in events.lastIndex { $0.number <= shown.number } ?? -1 }
  }

  /// Goes back (negative) or forward by so many events. Answers whether that went beyond the newest.
  @discardableResult
  package mutating func move(by change: Int, in log: FactLog) -> Bool {
    let events = log.steps
    let last = events.count - 1
    guard last >= 0 else { return false }
    let next = (index(among: events) ?? last) + change
    show(min(last, max(0, next)), of: events, in: log)
    return next > last
  }

  /// Goes where a person wants to look. Answers whether that went beyond the newest.
  @discardableResult
  package mutating func look(_ wish: Look, in log: FactLog, _ marks: [StepMark]) -> Bool {
    let events = log.steps
    guard !events.isEmpty else { return false }
    let here = index(among: events) ?? events.count
    switch wish {
    case .first: show(0, of: events, in: log)
    case .last: show(events.count - 1, of: events, in: log)
    case .event(let number): show(min(events.count, max(1, number)) - 1, of: events, in: log)
    case .step(let number):
      guard let mark = marks.last(where: { $0.step == number }) else { return false }
      show(events.firstIndex { $0.number > mark.after } ?? events.count - 1, of: events, in: log)
    case .stepBefore: show(marks.starts(events).last { $0 < here } ?? 0, of: events, in: log)
    case .stepAfter:
      guard let next = marks.starts(events).first(where: { $0 > here }) else {
        show(events.count - 1, of: events, in: log)
        return true
      }
      show(next, of: events, in: log)
    }
    return false
  }

  private mutating func show(_ index: Int, of events: [StampedFact], in log: FactLog) {
    guard events.indices.contains(index) else { return }
    event = events[index]
    state = log.state(after: events[index].number)
  }
}
