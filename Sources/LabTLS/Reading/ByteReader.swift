/// Reads numbers and vectors of the TLS presentation language (RFC 8446 section 3), in network byte order.
/// A read past the end answers nil and takes nothing.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var position: Int
  let end: Int

  init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = min(range.upperBound, bytes.count)
  }

  var remaining: Int { end - position }
  var isAtEnd: Bool { remaining <= 0 }
  /// What has not been read.
  var rest: Range<Int> { position..<max(position, end) }

  /// An unsigned number of 1 to 4 bytes.
  mutating func number(_ width: Int) -> Int? {
    guard let range = take(width) else { return nil }
    return bytes[range].reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func take(_ count: Int) -> Range<Int>? {
    guard count >= 0, count <= remaining else { return nil }
    defer { position += count }
    return position..<position + count
  }

  /// The inside of a vector whose length comes first, in `width` bytes.
  mutating func vector(_ width: Int) -> ByteReader? {
    let start = position
    guard let length = number(width), let range = take(length) else {
      position = start
      return nil
    }
    return ByteReader(bytes, range)
  }

  /// All numbers up to the end; what is left over is dropped.
  mutating func numbers(_ width: Int) -> [Int] {
    var found: [Int] = []
    while let next = number(width) { found.append(next) }
    return found
  }
}
