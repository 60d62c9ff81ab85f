import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whole small files, with errno as a value.
enum FileReading {
  struct Problem: Error, Equatable {
    let errno: Int32
    var text: String { String(cString: strerror(errno)) }
  }

  /// No certificate or key is longer than this.
  static let limit = 4 << 20

  static func contents(_ path: String) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem(errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < limit {
      let count = readSome(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw Problem(errno: errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
    throw Problem(errno: EFBIG)
  }
}

/// `read` of the C library, which a method named read would hide.
private func readSome(_ descriptor: Int32, _ into: inout [UInt8], _ count: Int) -> Int {
  read(descriptor, &into, count)
}
