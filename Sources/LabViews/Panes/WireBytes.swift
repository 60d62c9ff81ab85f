import LabCanvas
import LabFacts

/// The bytes of one segment as lines: with a name for each field, or in rows of 16.
struct WireBytes {
  let segment: WireSegment
  let glyphs: Glyphs
  let isRaw: Bool
  private let blanks: Blanks
  private let hidden: Set<Int>
  private let inside: Bytes?
  private let isHeld: Bool

  /// `inside`: what the end that reports it found in the record. `isHeld`: it waits at that end's gate.
  init(_ segment: WireSegment, inside: Bytes? = nil, isHeld: Bool = false, context: PaneContext) {
    self.segment = segment
    self.isHeld = isHeld
    self.inside = inside
    glyphs = context.glyphs
    blanks = Blanks(context.run)
    hidden = blanks.hidden(in: segment)
    isRaw = context.rawHex
  }

  /// `shown`: the only ones that have to be written out, all where absent. The others are empty.
  func lines(width: Int, shown: Range<Int>? = nil) -> [Line] {
    let shown = shown ?? 0..<bodyCount(width: width)
    let body =
      isNamed
      ? named(width: width, shown: shown)
      : HexDump.lines(segment.bytes.kept, width: width, hidden: hidden, shown: shown)
    return body + remarksAndText(width: width)
  }

  /// How many lines there are. Writes none of the bytes out.
  func count(width: Int) -> Int { bodyCount(width: width) + remarksAndText(width: width).count }

  private func bodyCount(width: Int) -> Int {
    isNamed ? segment.ranges.count : HexDump.rows(of: segment.bytes.kept.count, width: width)
  }

  private func remarksAndText(width: Int) -> [Line] {
    remarks.flatMap { Text.wrap([Span($0, .notice)], width: width) } + decrypted(width: width)
  }

  private var isNamed: Bool { !isRaw && hasNames }

  /// The line that shows a byte: the innermost part that holds it, or its row.
  func line(of byte: Int, width: Int) -> Int? {
    guard isNamed else { return byte / HexDump.count(width) }
    return segment.ranges.lastIndex { $0.start <= byte && byte < $0.start + $0.length }
  }

  /// The text in a record, line by line.
  private func decrypted(width: Int) -> [Line] {
    guard let inside else { return [] }
    let texts = DataText.lines(inside.kept, isCut: inside.isCut).map(blanks.hide)
    let head = Span("Inside: ", .strong)
    guard texts.count > 1 else {
      return Text.wrap([head, Span(texts.first ?? "", .plain)], width: width)
    }
    return [[head]] + texts.flatMap { Text.wrap([Span($0, .plain)], width: width) }
  }

  /// Clear bytes have one name for all of them, which says nothing that the rows do not.
  private var hasNames: Bool {
    if case .clear = segment.kind { return segment.ranges.count > 1 }
    return !segment.ranges.isEmpty
  }

  /// `0005  01 00 01 34   ClientHello: 308 bytes`, inner parts further in.
  private func named(width: Int, shown: Range<Int>) -> [Line] {
    let count = width >= 66 ? 8 : width >= 56 ? 6 : width >= 46 ? 4 : 3
    let hexWidth = count * 3 - 1
    return segment.ranges.enumerated().map { index, range in
      guard shown.contains(index) else { return [] }
      let hex = Text.pad(hex(range, count), width: hexWidth, ellipsis: glyphs.ellipsis)
      let indent = String(repeating: " ", count: range.depth)
      var line: Line = [
        Span(Notation.hex(range.start, digits: 4), .dim), Span("  \(hex)  "),
        Span(indent + range.label, range.depth == 0 ? .strong : .text),
      ]
      if let value = range.value { line.append(Span(": \(blanks.hide(value))")) }
      return Text.clip(line, width: width, ellipsis: glyphs.ellipsis)
    }
  }

  /// At most `count` bytes of a range; the last place says that there are more.
  private func hex(_ range: LabelledRange, _ count: Int) -> String {
    let kept = segment.bytes.kept.dropFirst(range.start).prefix(range.length)
    guard range.length > count else { return digits(kept) }
    return digits(kept.prefix(count - 1)) + " \(glyphs == .ascii ? ".." : glyphs.ellipsis)"
  }

  private func digits(_ bytes: ArraySlice<UInt8>) -> String { HexDump.digits(bytes, hidden: hidden) }

  private var remarks: [String] {
    var remarks: [String] = []
    if case .record(_, let names, true) = segment.kind {
      let known =
        names.isEmpty
        ? ". This end never opened it"
        : inside != nil ? "" : " (this end knows: \(names.joined(separator: ", ")))"
      let seen = isHeld ? "Held: nobody else has seen it yet" : "An eavesdropper sees no more than this"
      remarks.append("\(seen)\(known).")
    }
    if segment.bytes.isCut {
      remarks.append("Cut: \(segment.bytes.kept.count) of \(segment.bytes.total) bytes were kept.")
    }
    return remarks
  }
}

/// The classic picture of bytes: offset, hexadecimal, and what is printable of them.
enum HexDump {
  static func lines(
    _ bytes: [UInt8], width: Int, hidden: Set<Int> = [], shown: Range<Int>
  ) -> [Line] {
    let count = count(width)
    return stride(from: 0, to: bytes.count, by: count).map { start in
      guard shown.contains(start / count) else { return [] }
      let row = bytes[start..<min(start + count, bytes.count)]
      let hex = Text.pad(digits(row, hidden: hidden), width: count * 3 - 1)
      return [
        Span(Notation.hex(start, digits: 4), .dim), Span("  \(hex)  "),
        Span(printable(row, hidden: hidden), .plain),
      ]
    }
  }

  /// How many rows so many bytes take.
  static func rows(of bytes: Int, width: Int) -> Int { (bytes + count(width) - 1) / count(width) }

  /// Bytes of one row.
  static func count(_ width: Int) -> Int { width >= 71 ? 16 : width >= 40 ? 8 : 4 }

  /// `??` for what is blank.
  static func digits(_ bytes: ArraySlice<UInt8>, hidden: Set<Int>) -> String {
    guard !hidden.isEmpty else { return Notation.hex(bytes) }
    return bytes.indices.map { hidden.contains($0) ? "??" : Notation.hex(bytes[$0]) }.joined(separator: " ")
  }

  private static func printable(_ row: ArraySlice<UInt8>, hidden: Set<Int>) -> String {
    String(
      row.indices.map { place in
        if hidden.contains(place) { return "_" }
        return (0x20...0x7e).contains(row[place]) ? Character(UnicodeScalar(row[place])) : "."
      })
  }
}
