import Foundation

/// Standard input and output as one end of a pair of sockets, whose other end a bench may own: two threads
/// carry the bytes with blocking reads and writes. So nothing is lost where a pipe is slow, nothing is kept in
/// memory, and the terminal's own descriptors never become non-blocking.
final class StdioPump: Sendable {
  /// Which way bytes go, seen from the person at standard input.
  enum Way: Sendable { case sent, received }

  typealias Watcher = @Sendable (Way, [UInt8]) -> Void

  /// The end for the bench, which closes it.
  let descriptor: Int
  private let mine: Int32
  private let readsInput: Bool
  private let watch: Watcher?
  private let over: AsyncStream<Never>
  private let overDoor: AsyncStream<Never>.Continuation

  private static let chunk = 64 * 1024

  /// Fails where the kernel gives no pair of sockets. Without `readsInput` the input is as good as ended.
  init?(readsInput: Bool = true, watch: Watcher? = nil) {
    var pair: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, StdioPump.streamKind, 0, &pair) == 0 else { return nil }
    (mine, descriptor) = (pair[0], Int(pair[1]))
    for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    self.readsInput = readsInput
    self.watch = watch
    (over, overDoor) = AsyncStream.makeStream()
    // A reader that has gone is told by EPIPE.
    signal(SIGPIPE, SIG_IGN)
  }

  func start() {
    Thread.detachNewThread { self.carryInput() }
    Thread.detachNewThread { self.carryOutput() }
  }

  /// Returns when nothing more comes for standard output, or nobody reads it any more.
  func outputEnd() async { for await _ in over {} }

  /// Ends both ways.
  func stop() { shutdown(mine, Int32(SHUT_RDWR)) }

  private func carryInput() {
    if readsInput { carry(from: 0, to: mine, .sent) }
    // The end of the input goes the way of its bytes; what comes back still arrives.
    shutdown(mine, Int32(SHUT_WR))
  }

  private func carryOutput() {
    let isComplete = carry(from: mine, to: 1, .received)
    if !isComplete { stop() }
    overDoor.finish()
  }

  /// Carries until the source ends; false where the destination took no more.
  @discardableResult
  private func carry(from source: Int32, to destination: Int32, _ way: Way) -> Bool {
    var bytes = [UInt8](repeating: 0, count: StdioPump.chunk)
    while true {
      let count = read(source, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN, StdioPump.wait(source, POLLIN) { continue }
      guard count > 0 else { return true }
      watch?(way, Array(bytes.prefix(count)))
      guard StdioPump.writeAll(bytes.prefix(count), to: destination) else { return false }
    }
  }

  private static func writeAll(_ bytes: ArraySlice<UInt8>, to destination: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(destination, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // Another program may have made the shared terminal non-blocking.
      if count < 0, errno == EAGAIN, wait(destination, POLLOUT) { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func wait(_ descriptor: Int32, _ event: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    while true {
      let count = poll(&entry, 1, -1)
      if count < 0, errno == EINTR { continue }
      return count > 0
    }
  }

  private static var streamKind: Int32 {
    #if canImport(Glibc)
      Int32(SOCK_STREAM.rawValue)
    #else
      SOCK_STREAM
    #endif
  }
}
