/// A spot in a file that an author wrote. Lines and columns count from 1.
package struct Place: Hashable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }

  package static let start = Place()
}
