/// A size in cells.
package struct Size: Hashable, Sendable {
  package var width: Int
  package var height: Int

  package init(_ width: Int, _ height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A rectangle of cells; x grows to the right, y downwards, both from 0.
package struct Rect: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package init(_ size: Size) { self.init(x: 0, y: 0, width: size.width, height: size.height) }

  package var size: Size { Size(width, height) }
  package var right: Int { x + width }
  package var bottom: Int { y + height }
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// Smaller by that many cells on each side.
  package func inset(_ dx: Int, _ dy: Int) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// The first `count` rows and the rest. Clips.
  package func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
    let n = min(max(0, count), height)
    return (
      Rect(x: x, y: y, width: width, height: n), Rect(x: x, y: y + n, width: width, height: height - n)
    )
  }

  /// Everything but the last `count` rows, and those.
  package func splitBottom(_ count: Int) -> (rest: Rect, bottom: Rect) {
    let n = min(max(0, count), height)
    let parts = splitTop(height - n)
    return (parts.top, parts.rest)
  }

  /// The first `count` columns and the rest. Clips.
  package func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
    let n = min(max(0, count), width)
    return (
      Rect(x: x, y: y, width: n, height: height), Rect(x: x + n, y: y, width: width - n, height: height)
    )
  }

  /// Everything but the last `count` columns, and those.
  package func splitRight(_ count: Int) -> (rest: Rect, right: Rect) {
    let n = min(max(0, count), width)
    let parts = splitLeft(width - n)
    return (parts.left, parts.rest)
  }
}
