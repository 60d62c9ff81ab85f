import LabCatalog

extension AppModel {
  /// A version that can't be played shows its messages in place; a good one takes them away again.
  mutating func followPreview(_ snapshot: LabSnapshot) {
    guard let preview = snapshot.preview, preview != seenPreview else { return }
    // A good version opens its lesson, and with that the sandbox of the one before has been closed.
    if !preview.isBroken, isInSandbox {
      _ = leaveSandbox()
      stack.removeAll { $0 != .catalog && $0 != .demo && $0 != .lesson }
    }
    seenPreview = preview
    message = nil
    stack.removeAll { $0 == .page(.messages) }
    states[.text] = nil
    if preview.isBroken { stack.append(.page(.messages)) }
  }
}
