/// Cuts a stream into lines. A line ends with CRLF; a bare LF is taken for its end too.
///
/// Bytes may come cut anywhere. What is kept is bounded: a line beyond the limit is thrown away up to its end.
package struct LineReader: Equatable, Sendable {
  package enum Piece: Equatable, Sendable {
    /// Without its end.
    case line([UInt8])
    /// There was a line beyond the limit; it is skipped, and the one after it is read as usual.
    case tooLong
  }

  private let limit: Int
  private var kept: [UInt8] = []
  private var start = 0
  /// Up to here no LF was found.
  private var searched = 0
  private var isSkipping = false

  /// Reads lines of at most `limit` bytes, their ends not counted.
  package init(limit: Int = 8192) { self.limit = limit }

  /// How many bytes are kept that nobody has asked for yet.
  package var count: Int { kept.count - start }

  /// Keeps more of the stream.
  package mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      kept.removeFirst(start)
      searched -= start
      start = 0
    }
    kept += bytes
  }

  /// The next line, where it is there to its end.
  package mutating func next() -> Piece? {
    guard let end = kept[searched...].firstIndex(of: newline) else { return unfinished() }
    let line = kept[start..<end]
    start = end + 1
    searched = start
    if isSkipping {
      isSkipping = false
      return next()
    }
    let text = line.last == carriageReturn ? line.dropLast() : line
    return text.count > limit ? .tooLong : .line(Array(text))
  }

  /// Exactly so many bytes, whatever they are, once they are there.
  package mutating func take(_ wanted: Int) -> [UInt8]? {
    guard count >= wanted else { return nil }
    defer {
      start += wanted
      searched = max(searched, start)
    }
    return Array(kept[start..<start + wanted])
  }

  /// Everything that is kept; nothing is afterwards.
  package mutating func drain() -> [UInt8] {
    let rest = Array(kept[start...])
    self = LineReader(limit: limit)
    return rest
  }

  private mutating func unfinished() -> Piece? {
    searched = kept.count
    // The CR of a line's end may be there already.
    guard count > limit + 1 || isSkipping else { return nil }
    start = kept.count
    defer { isSkipping = true }
    return isSkipping ? nil : .tooLong
  }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
