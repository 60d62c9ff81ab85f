import COpenSSLSystem
import LabFacts

/// One entry of OpenSSL's error queue.
struct LibraryError: Equatable {
  let library: Int
  let reason: Int
  /// Word for word, safe to print.
  let line: String

  static let ssl = Int(ERR_LIB_SSL)
}

/// OpenSSL's error queue. It is per thread and shared by all connections of the thread, so it is
/// cleared before each operation and drained right after.
enum ErrorQueue {
  static func clear() { ERR_clear_error() }

  /// Oldest first.
  static func drain() -> [LibraryError] {
    var errors: [LibraryError] = []
    while true {
      let code = ERR_get_error()
      guard code != 0 else { return errors }
      errors.append(
        LibraryError(library: Int(ERR_GET_LIB(code)), reason: Int(ERR_GET_REASON(code)), line: line(code)))
    }
  }

  /// Runs something whose own errors must not join those of the operation around it.
  static func aside<T>(_ body: () -> T) -> T {
    ERR_set_mark()
    defer { ERR_pop_to_mark() }
    return body()
  }

  private static func line(_ code: UInt) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(code, &buffer, buffer.count)
    let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return Notation.escaped(text)
  }
}
