import LabCanvas

/// The keys of the screen below, in the order of use: the way out first.
enum HelpScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame, _ mode: Mode) {
    frame.top(&canvas, left: [Span("Help ", .strong), Span(title(mode), .dim)], right: [])
    frame.textBox(&canvas, frame.lines.body, .text, title: "Keys: \(title(mode))", document(mode))
    frame.status(&canvas, ": finds every command and every lesson by name.")
    frame.footer(&canvas)
  }

  static func document(_ mode: Mode) -> Document {
    var text = Document()
    let bindings = KeyMap.bindings(in: mode)
    for group in Binding.Group.allCases {
      let rows = bindings.filter { $0.group == group }
      guard !rows.isEmpty else { continue }
      text.section(group.rawValue)
      for row in rows { text.add(.row("  " + row.allKeysText, row.label, .text)) }
    }
    text.section("What the marks mean")
    for (mark, meaning) in marks { text.add(.row("  " + mark, meaning, .text)) }
    return text
  }

  private static let marks = [
    ("=", "traffic in clear: anyone on the way can read it"),
    ("#", "traffic that is encrypted (a grey block where the terminal shows one)"),
    ("*", "new, or changed a moment ago"),
    ("rq/sq", "bytes the kernel holds unread and unsent; of a listener, who waits, and room for how many"),
    ("LIVE", "what is happening now; EVENT 3/9 is a look back, the sockets stay live"),
  ]

  private static func title(_ mode: Mode) -> String {
    switch mode {
    case .catalog: "the catalog"
    case .lesson: "a lesson"
    case .question, .wideQuestion: "a lesson with an open question"
    case .numberQuestion: "a lesson that wants a number"
    case .typedQuestion: "a lesson that wants an answer typed"
    case .orderQuestion: "a lesson that wants an order"
    case .pointQuestion: "a lesson that asks for a row"
    case .observation, .wideObservation: "a lesson with something to observe"
    case .confidence: "how sure are you?"
    case .bench, .wideBench: "a lesson with something to try"
    case .past: "looking back"
    case .replay: "a saved run"
    case .result: "the end of a lesson"
    case .card: "an error card"
    case .demo: "the HTTPS demo"
    case .page: "a text"
    case .round: "the review, or the test"
    case .help: "help"
    case .palette: "the palette"
    case .typing: "typing"
    case .sandbox: "the sandbox"
    case .restartDialog, .quitDialog, .saveDialog, .prediction, .reviewDialog: "a question"
    }
  }
}
