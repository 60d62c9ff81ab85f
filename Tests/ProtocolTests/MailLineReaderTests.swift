import LabProtocols
import Testing

struct MailLineReaderTests {
  private func pieces(_ reader: inout LineReader) -> [LineReader.Piece] {
    var pieces: [LineReader.Piece] = []
    while let piece = reader.next() { pieces.append(piece) }
    return pieces
  }

  private func line(_ text: String) -> LineReader.Piece { .line(Array(text.utf8)) }

  @Test func `lines come whole however they are cut`() {
    let bytes = Array("one\r\n\r\ntwo\nthree\rfour\r\nrest".utf8)
    for cut in Cut.all(bytes.count) {
      var reader = LineReader()
      var lines: [LineReader.Piece] = []
      for piece in cut.pieces(bytes) {
        reader.append(piece)
        lines += pieces(&reader)
      }
      #expect(lines == [line("one"), line(""), line("two"), line("three\rfour")])
      #expect(reader.drain() == Array("rest".utf8))
    }
  }

  @Test(arguments: [(8, false), (9, true), (10, true), (40, true)])
  func `a line beyond the limit is a value and the next one is read`(length: Int, isTooLong: Bool) {
    let text = String(repeating: "x", count: length)
    let bytes = Array("\(text)\r\nnext\r\n".utf8)
    for cut in Cut.all(bytes.count) {
      var reader = LineReader(limit: 8)
      var lines: [LineReader.Piece] = []
      for piece in cut.pieces(bytes) {
        reader.append(piece)
        lines += pieces(&reader)
      }
      #expect(lines == [isTooLong ? .tooLong : line(text), line("next")])
    }
  }

  @Test func `a line without an end is not kept`() {
    var reader = LineReader(limit: 100)
    var said: [LineReader.Piece] = []
    for _ in 0..<1000 {
      reader.append(Array(repeating: 65, count: 50))
      said += pieces(&reader)
    }
    #expect(said == [.tooLong])
    #expect(reader.count <= 101)
  }

  @Test func `bytes of a known number are taken whatever they are`() {
    var reader = LineReader()
    reader.append(Array("ab\r\n".utf8))
    #expect(reader.take(5) == nil)
    #expect(reader.take(3) == [97, 98, 13])
    #expect(reader.next() == .line([]))
    #expect(reader.drain() == [])
  }
}
