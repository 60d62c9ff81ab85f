import LabCanvas
import LabCatalog

/// What the linter says of the lesson that is being written.
enum MessagesPage {
  static func document(_ preview: PreviewState?) -> Document {
    guard let preview else {
      return Document([.paragraph("No lesson is being written: netlab preview FILE shows one.", .dim)])
    }
    var text = Document()
    text.add(.row("file", preview.file, .strong))
    text.add(.row("shown", shown(preview), preview.isBroken ? .failure : .text))
    guard !preview.problems.isEmpty else {
      text.add(.paragraph("Nothing is wrong in it.", .text))
      return text
    }
    for problem in preview.problems {
      text.section(
        "line \(problem.line), column \(problem.column): \(problem.severity.rawValue) \(problem.code)")
      text.add(.paragraph(problem.message, problem.severity == .error ? .failure : .text))
      if !problem.help.isEmpty { text.add(.paragraph(problem.help, .text)) }
    }
    return text
  }

  private static func shown(_ preview: PreviewState) -> String {
    switch (preview.isBroken, preview.edition) {
    case (true, 0): "nothing yet: it can't be played as it stands"
    case (true, let edition): "version \(edition), the last good one"
    case (false, let edition): "version \(edition)"
    }
  }

  /// The same as lines.
  static func lines(_ preview: PreviewState) -> [String] {
    preview.problems.flatMap { $0.description.split(separator: "\n").map(String.init) }
  }
}
