/// First in, first out, without moving elements at each removal.
struct Queue<Element> {
  private var items: [Element] = []
  private var head = 0

  var isEmpty: Bool { head == items.count }
  var count: Int { items.count - head }
  var first: Element? { isEmpty ? nil : items[head] }
  var last: Element? { isEmpty ? nil : items[items.count - 1] }

  mutating func append(_ element: Element) { items.append(element) }

  mutating func popFirst() -> Element? {
    guard let element = first else { return nil }
    head += 1
    if head == items.count {
      items.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 64, head * 2 > items.count {
      items.removeFirst(head)
      head = 0
    }
    return element
  }

  /// Changes the newest, where there is one.
  mutating func changeLast(_ change: (inout Element) -> Void) {
    guard !isEmpty else { return }
    change(&items[items.count - 1])
  }

  /// Changes the oldest, where there is one.
  mutating func changeFirst(_ change: (inout Element) -> Void) {
    guard !isEmpty else { return }
    change(&items[head])
  }

  /// Changes from the newest back, as long as `change` answers true.
  mutating func changeBack(_ change: (inout Element) -> Bool) {
    var index = items.count - 1
    while index >= head, change(&items[index]) { index -= 1 }
  }

  mutating func removeAll() {
    items.removeAll()
    head = 0
  }
}
