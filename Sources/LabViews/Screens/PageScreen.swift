import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// One text over the whole screen: a certificate, the trust steps, all about one visitor.
enum PageScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame, _ page: ScreenID.Page) {
    frame.top(&canvas, left: [Span(place(page), .dim), Span(title(page), .strong)], right: [])
    frame.textBox(
      &canvas, frame.lines.body, .text, title: title(page), document(page, frame.snapshot, frame.glyphs))
    frame.status(&canvas, status(page))
    frame.footer(&canvas)
  }

  private static func title(_ page: ScreenID.Page) -> String {
    switch page {
    case .certificate: "The certificate we show"
    case .trustSteps: "Trusting the lab, and undoing it"
    case .difference: "What differs"
    case .commands: "The same with commands"
    case .visitor(let end): "Connection \(end.ordinal)"
    case .beliefs: "Beliefs you have met"
    case .test: "The test, before and after"
    }
  }

  private static func place(_ page: ScreenID.Page) -> String {
    switch page {
    case .certificate, .trustSteps, .visitor: "HTTPS demo "
    case .difference, .commands: "SANDBOX "
    case .beliefs, .test: "Catalog "
    }
  }

  private static func status(_ page: ScreenID.Page) -> String {
    switch page {
    case .certificate: "This is what a browser is shown before it decides."
    case .trustSteps: "The lab's CA can only vouch for localhost, *.test and loopback addresses."
    case .difference: "Left of the arrow: as it began. Right: now."
    case .commands: "y copies them all, as a script."
    case .beliefs: "What was believed and then seen through is learned best."
    case .test: "C in the catalog takes the test."
    case .visitor: "Read here after decryption: on the wire it was not readable."
    }
  }

  static func document(_ page: ScreenID.Page, _ snapshot: LabSnapshot, _ glyphs: Glyphs) -> Document {
    switch page {
    case .certificate: return snapshot.demo.map(certificate) ?? noDemo
    case .trustSteps: return snapshot.demo.map(trustSteps) ?? noDemo
    case .visitor(let end): return snapshot.demo.map { visitor(end, $0) } ?? noDemo
    case .difference: return snapshot.sandbox.map { SandboxPages.difference($0.state) } ?? Document()
    case .commands: return SandboxPages.commands(snapshot)
    case .beliefs: return LedgerText.document(snapshot, glyphs)
    case .test: return TestText.document(snapshot.catalog, snapshot.progress, glyphs)
    }
  }

  private static let noDemo = Document([.paragraph("The demo is off.", .dim)])

  private static func certificate(_ demo: DemoSnapshot) -> Document {
    var text = demo.certificate.map(DemoText.certificate) ?? Document()
    if !demo.certificateText.isEmpty {
      text.section("As openssl x509 -text tells it")
      for line in demo.certificateText { text.add(.verbatim(mark: "", line)) }
    }
    return text
  }

  private static func trustSteps(_ demo: DemoSnapshot) -> Document {
    var text = Document()
    text.add(.row("CA file", demo.caPath, .strong))
    text.paragraphs(TrustGuide.preface(fingerprint: demo.caFingerprint))
    for guide in demo.trustSteps {
      text.section(guide.title)
      for (index, step) in guide.steps.enumerated() { add(step, mark: "\(index + 1).", to: &text) }
      for step in guide.undo { add(step, mark: "Undo:", to: &text) }
    }
    return text
  }

  /// A step's first line carries the mark; lines that are commands look like commands.
  private static func add(_ step: String, mark: String, to text: inout Document) {
    var mark = mark
    for line in step.split(separator: "\n").map(String.init) {
      if line.hasPrefix("$ ") {
        text.add(.command(String(line.dropFirst(2)), mark: mark))
      } else {
        text.add(.item(mark: mark, line, .text))
      }
      mark = String(repeating: " ", count: mark.count)
    }
  }

  private static func visitor(_ id: EndID, _ demo: DemoSnapshot) -> Document {
    guard let end = demo.lab.ends[id] else { return Document([.paragraph("It is forgotten by now.", .dim)]) }
    var text = Document()
    text.add(.row("from", end.peer?.description ?? "unknown", .text))
    text.add(.row("to", end.local?.description ?? "unknown", .text))
    text.add(.row("state", end.closing.map { "closed: \($0.manner.rawValue)" } ?? end.phase.rawValue, .text))
    for failure in end.failures {
      text.add(.row("failed", "\(failure.code.rawValue), \(FailureWords.decided(failure))", .failure))
    }
    text.section("What they sent")
    text.parts += DemoText.theirs(end).parts
    text.section("What we sent")
    text.parts += DemoText.ours(end).parts
    if end.exchanges.total > 1 {
      text.section("Requests on this connection")
      for exchange in end.exchanges.elements {
        text.add(.row("\(exchange.status)", "\(exchange.method) \(exchange.target)", .text))
      }
    }
    return text
  }
}
