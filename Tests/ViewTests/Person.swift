import LabCanvas

@testable import LabCatalog
@testable import LabViews

/// A person at a keyboard.
struct Person {
  var model = AppModel()
  var snapshot: LabSnapshot
  var commands: [AppCommand] = []
  let size: Size

  init(_ snapshot: LabSnapshot, size: Size = Size(80, 24)) {
    self.snapshot = snapshot
    self.size = size
    model.follow(snapshot)
  }

  @discardableResult
  mutating func press(_ keys: Key...) -> [AppCommand] {
    var new: [AppCommand] = []
    for key in keys { new += model.handle(key, snapshot, size: size) }
    commands += new
    return new
  }

  @discardableResult
  mutating func type(_ text: String) -> [AppCommand] {
    text.reduce(into: []) { $0 += press(.character($1)) }
  }

  var screen: String { AppScreen.render(model, snapshot, size: size).lines.joined(separator: "\n") }
}
