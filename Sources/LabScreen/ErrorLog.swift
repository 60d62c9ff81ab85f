#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Standard error, kept in a file while the screen is up: the Swift runtime, OpenSSL and libraries write to
/// it, and a line of theirs would tear the picture.
struct ErrorLog: ~Copyable {
  private static let mostTold = 64 * 1024
  private let saved: Int32
  private let file: Int32
  private let start: off_t

  init(path: String) throws(ScreenError) {
    file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .noErrorLog(path: path, errno: errno) }
    start = lseek(file, 0, SEEK_END)
    saved = dup(2)
    dup2(file, 2)
  }

  deinit {
    if saved >= 0 {
      dup2(saved, 2)
      close(saved)
    }
    close(file)
  }

  /// Puts standard error back. Returns what was written meanwhile, cut to a readable length.
  consuming func finish() -> String {
    var bytes = [UInt8](repeating: 0, count: Self.mostTold)
    let count = pread(file, &bytes, bytes.count, start)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
