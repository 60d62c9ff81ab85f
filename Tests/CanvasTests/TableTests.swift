import LabCanvas
import Testing

@Suite struct TableTests {
  let table = Table([
    Table.Column("owner", minimum: 6, priority: 2),
    Table.Column("port", minimum: 5, priority: 3, alignment: .right),
    Table.Column("port chosen by", minimum: 6, priority: 1),
  ])
  let rows = [["srv listen", "7777", "you"], ["client 1", "43788", "kernel (range)"]]

  @Test(arguments: [
    (
      40,
      ["owner        port  port chosen by", "srv listen   7777  you", "client 1    43788  kernel (range)"]
    ),
    (25, ["owner      port  port ch…", "srv lis…   7777  you", "client 1  43788  kernel …"]),
    (15, ["owner      port", "srv lis…   7777", "client 1  43788"]),
    (8, [" port", " 7777", "43788"]),
  ])
  func `columns shrink, then the least important ones go`(width: Int, picture: [String]) {
    let lines = table.lines(rows, width: width).map { line in
      var text = line.plainText
      while text.last == " " { text.removeLast() }
      return text
    }
    #expect(lines == picture)
  }

  @Test(arguments: 1..<60)
  func `no line is wider than the room it was given`(width: Int) {
    #expect(table.lines(rows, width: width).allSatisfy { $0.width <= width })
  }
}
