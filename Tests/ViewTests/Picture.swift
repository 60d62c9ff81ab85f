import Foundation
import LabCanvas
import Testing

/// Compares what is drawn with a picture kept as text beside the tests. With NETLAB_RECORD=1 a picture that
/// differs is written anew; that run fails, so that nobody records without looking.
func expectPicture(_ name: String, _ canvas: Canvas, sourceLocation: SourceLocation = #_sourceLocation) {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Pictures").appending(path: name + ".txt")
  let drawn = canvas.lines.joined(separator: "\n") + "\n"
  let kept = try? String(contentsOf: file, encoding: .utf8)
  if kept == drawn { return }
  guard ProcessInfo.processInfo.environment["NETLAB_RECORD"] == "1" else {
    Issue.record(
      "\(name) differs. NETLAB_RECORD=1 records it anew. Drawn:\n\(drawn)", sourceLocation: sourceLocation)
    return
  }
  do {
    try drawn.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("\(name) was recorded: look at it, then run again.", sourceLocation: sourceLocation)
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
  }
}
