import CNCurses
import LabCanvas

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Screen {
  /// Waits for something to happen, for `milliseconds` at most (nil: for ever). Empty when the time is over.
  package func poll(_ wake: Wake? = nil, milliseconds: Int? = nil) -> [ScreenEvent] {
    var entries = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    let timeout = hasMoreKeys ? 0 : milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    let count = Self.wait(&entries, timeout: timeout)
    guard count > 0 || hasMoreKeys else { return [] }
    var events = entries[1].revents != 0 ? signalEvents() : []
    events += keyEvents(entries[0].revents)
    if entries[2].revents != 0 {
      wake?.drain()
      events.append(.wake)
    }
    return events
  }

  private static func wait(_ entries: inout [pollfd], timeout: Int32) -> Int32 {
    #if canImport(Darwin)
      Darwin.poll(&entries, nfds_t(entries.count), timeout)
    #else
      Glibc.poll(&entries, nfds_t(entries.count), timeout)
    #endif
  }

  private func keyEvents(_ ready: Int16) -> [ScreenEvent] {
    guard ready != 0 || hasMoreKeys else { return [] }
    let (keys, isMore, isSilent) = keyboard.read()
    hasMoreKeys = isMore
    let isGone =
      ready & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 || ready != 0 && isSilent && lab_at_end(input)
    return keys.map { .key($0) } + (isGone ? [.hangup] : [])
  }

  private func signalEvents() -> [ScreenEvent] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(signals, &bytes, bytes.count)
    return bytes.prefix(max(0, count)).flatMap { event(Int32($0)) } + sizeEvent()
  }

  private func event(_ signal: Int32) -> [ScreenEvent] {
    switch signal {
    case SIGWINCH:
      adoptSize()
      return []
    case SIGTSTP:
      suspend()
      return [.suspended, .resumed]
    case SIGCONT:
      defer { ignoresNextContinue = false }
      if ignoresNextContinue { return [] }
      resume()
      return [.resumed]
    case SIGHUP: return [.hangup]
    default: return [.terminate(signal: signal)]
    }
  }

  /// Told once, however many signals led to it.
  private func sizeEvent() -> [ScreenEvent] {
    guard size != toldSize else { return [] }
    toldSize = size
    return [.resized(size)]
  }
}
