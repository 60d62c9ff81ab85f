import CSpawn
import Foundation
import LabFacts

/// One child process from its start to its end, on the thread that calls `run`. It leads a process group of its
/// own, so that its helpers can be ended with it.
struct ChildProcess {
  let path: String
  let arguments: [String]
  let environment: [String: String]
  /// Readable as soon as it is to be killed.
  let stop: Int32

  /// Runs it with no input, for at most so long.
  func run(milliseconds limit: Int) -> ProgramEnd {
    let began = ContinuousClock.now
    guard let output = Pipes(), let errors = Pipes() else {
      return ended(.notStarted(Int(errno)), since: began)
    }
    var pid: pid_t = 0
    let failed = spawn(&pid, output.write, errors.write)
    output.closeWriting()
    errors.closeWriting()
    guard failed == 0 else {
      output.closeReading()
      errors.closeReading()
      return ended(.notStarted(Int(failed)), since: began)
    }
    var collected = [Collected(output.read), Collected(errors.read)]
    var status: Int32 = 0
    var isTooLate = false
    while waitpid(pid, &status, WNOHANG) == 0 {
      let left = limit - (ContinuousClock.now - began).microseconds / 1000
      if left <= 0 || ChildProcess.wait(for: &collected, stop, milliseconds: min(left, 20)) {
        isTooLate = left <= 0
        kill(-pid, SIGKILL)
        waitpid(pid, &status, 0)
        break
      }
    }
    // Helpers it left behind would hold its outputs open.
    kill(-pid, SIGKILL)
    for index in collected.indices { collected[index].drain() }
    output.closeReading()
    errors.closeReading()
    let signal = Int(status & 0x7f)
    let manner: ProgramEnd.Manner =
      isTooLate ? .timeout : signal == 0 ? .exit(Int((status >> 8) & 0xff)) : .signal(signal)
    return ended(manner, collected[0].bytes, collected[1].bytes, since: began)
  }

  private func ended(
    _ manner: ProgramEnd.Manner, _ output: Bytes = Bytes([]), _ errors: Bytes = Bytes([]),
    since began: ContinuousClock.Instant
  ) -> ProgramEnd {
    ProgramEnd(
      manner: manner, output: output, errorOutput: errors,
      milliseconds: (ContinuousClock.now - began).microseconds / 1000)
  }

  /// Answers an errno, 0 where it runs.
  private func spawn(_ pid: inout pid_t, _ output: Int32, _ errors: Int32) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    // The lab's sockets are not closed on exec. In a child's hands a listener lives on after it was closed here: its
    // port stays taken, and the kernel goes on accepting for it.
    #if !canImport(Darwin)
      _ = lab_spawn_close_from(&actions, 3)
    #endif
    // The lab waits for signals on a thread of its own and blocks them elsewhere; the child must not inherit that.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    var flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    #if canImport(Darwin)
      flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var surroundings: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + surroundings { free(text) } }
    return posix_spawn(&pid, path, &actions, &attributes, &words, &surroundings)
  }

  /// Takes what has come. Answers whether the child is to be killed.
  private static func wait(for collected: inout [Collected], _ stop: Int32, milliseconds: Int) -> Bool {
    var polled =
      collected.map { pollfd(fd: $0.isOpen ? $0.descriptor : -1, events: Int16(POLLIN), revents: 0) }
      + [pollfd(fd: stop, events: Int16(POLLIN), revents: 0)]
    guard poll(&polled, nfds_t(polled.count), Int32(milliseconds)) > 0 else { return false }
    for index in collected.indices where polled[index].revents != 0 { collected[index].take() }
    return polled[collected.count].revents != 0
  }
}

/// What came out of one of a child's outputs: its beginning, and how much there was.
private struct Collected {
  let descriptor: Int32
  private(set) var isOpen = true
  private var kept: [UInt8] = []
  private var total = 0

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  var bytes: Bytes { Bytes(kept: kept, total: total) }

  /// One read. Answers whether there may be more now.
  @discardableResult
  mutating func take() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else {
      if count == 0 { isOpen = false }
      return false
    }
    total += count
    kept += buffer.prefix(min(count, ProgramOrder.outputLimit - kept.count))
    return true
  }

  mutating func drain() { while isOpen, take() {} }
}

/// A pipe; a child gets its own ends of it alone.
private struct Pipes {
  let read: Int32
  let write: Int32

  init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (read, write) = (ends[0], ends[1])
  }

  func closeReading() { close(read) }
  func closeWriting() { close(write) }
}
