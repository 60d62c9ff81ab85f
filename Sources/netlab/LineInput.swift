import Dispatch
import Foundation
import LabScreen

/// Lines from standard input, wakes from the lab, and the signals that end a program, from one wait.
final class LineInput {
  enum Event {
    case line(String)
    case end
    case wake
    case stop
  }

  private let wake: Wake
  private var pending: [UInt8] = []
  private let stops: [any DispatchSourceSignal]
  private let stopFlag: StopFlag

  init(wake: Wake) {
    self.wake = wake
    let flag = StopFlag(wake: wake)
    stopFlag = flag
    stops = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { flag.raise() }
      source.resume()
      return source
    }
  }

  /// Waits for at least one event.
  func wait(readsInput: Bool) -> [Event] {
    var watched = [pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)]
    if readsInput { watched.append(pollfd(fd: 0, events: Int16(POLLIN), revents: 0)) }
    while poll(&watched, nfds_t(watched.count), -1) < 0, errno == EINTR {}
    var events: [Event] = []
    if watched[0].revents != 0 {
      wake.drain()
      events.append(stopFlag.isRaised ? .stop : .wake)
    }
    if watched.count > 1, watched[1].revents != 0 { events += readLines() }
    return events
  }

  private func readLines() -> [Event] {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(0, &chunk, chunk.count)
    guard count > 0 else {
      let rest = takeLine(pending.count)
      return rest.isEmpty ? [.end] : [.line(rest), .end]
    }
    pending += chunk.prefix(count)
    var events: [Event] = []
    while let end = pending.firstIndex(of: 0x0a) {
      events.append(.line(takeLine(end)))
      pending.removeFirst()
    }
    // Nobody types a line this long; what has no end is not kept.
    if pending.count > 64 * 1024 { pending = [] }
    return events
  }

  private func takeLine(_ count: Int) -> String {
    let line = String(decoding: pending.prefix(count), as: UTF8.self)
    pending.removeFirst(count)
    return line
  }
}
