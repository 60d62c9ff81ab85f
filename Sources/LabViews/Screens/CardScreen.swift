import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The card of one error. Nothing on it is ever cut: its texts scroll.
///
///     ERROR 1/2  title                      who noticed it, and when
///     ┌─ What the library said, word for word ─────────────────────┐
///     └────────────────────────────────────────────────────────────┘
///     ┌─ What happened ────────────┐┌─ What it is not · check · fix ┐
///     │ causes, other programs     ││ the other side, learn more    │   one column below 110 columns
///     └────────────────────────────┘└───────────────────────────────┘
///     matched: …
enum CardScreen {
  /// A failure with where it stands among the others.
  struct Place {
    let entry: LabState.FailureEntry
    let index: Int
    let count: Int
    let lab: LabState
  }

  /// A failure with its card.
  struct Subject {
    let place: Place
    let card: FilledCard
  }

  static func isWide(_ size: Size) -> Bool { size.width >= 110 && size.height >= 24 }

  static func place(_ model: AppModel, _ snapshot: LabSnapshot) -> Place? {
    guard case .card(let number, let inDemo) = model.screen else { return nil }
    let lab = inDemo ? snapshot.demo?.lab ?? LabState() : snapshot.lab
    let all = lab.failures.elements
    guard let index = all.firstIndex(where: { $0.number == number }) else { return nil }
    return Place(entry: all[index], index: index, count: all.count, lab: lab)
  }

  static func subject(_ model: AppModel, _ snapshot: LabSnapshot) -> Subject? {
    guard let place = place(model, snapshot) else { return nil }
    let entry = place.entry
    let card = snapshot.catalog.explain(entry.failure, end: entry.end, actor: entry.actor, in: place.lab)
    return Subject(place: place, card: card)
  }

  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    guard let subject = subject(frame.model, frame.snapshot) else { return drawGone(&canvas, frame) }
    let (place, card) = (subject.place, subject.card)
    frame.top(
      &canvas,
      left: [
        Span("ERROR \(place.index + 1)/\(place.count)", .failure), Span("  " + card.title, .strong),
      ],
      right: isWide(canvas.size) ? [Span(whereAndWhen(place), .dim)] : [])
    let places = layout(subject, frame.model, canvas.size)
    if let rect = places.verbatim {
      let room = canvas.box(rect, title: "Word for word", glyphs: frame.glyphs).inset(1, 0)
      canvas.write(lines: verbatim(subject).lines(width: room.width, frame.glyphs), in: room)
    }
    for (pane, rect) in places.texts {
      let title = places.texts.count == 1 ? "What happened, and what to do" : pane.word
      let text = document(pane, subject, frame.model, frame.snapshot.catalog, canvas.size)
      frame.textBox(&canvas, rect, pane, title: title, text)
    }
    frame.status(&canvas, "matched by \(card.matched)")
    frame.footer(&canvas)
  }

  static func layout(_ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) -> CardLayout {
    layout(subject(model, snapshot), model, size)
  }

  private static func layout(_ subject: Subject?, _ model: AppModel, _ size: Size) -> CardLayout {
    let lines = subject.map { verbatim($0).lines(width: size.width - 4).count } ?? 1
    return CardLayout(size, focus: model.focus, zoomed: model.zoomed, verbatim: lines)
  }

  private static func drawGone(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    frame.top(&canvas, left: [Span("ERROR", .failure)], right: [])
    let text = Document([
      .paragraph("This error belongs to a run that was started anew. Esc closes the card.", .text)
    ])
    frame.textBox(&canvas, frame.lines.body, .happened, title: "Gone", text)
    frame.footer(&canvas)
  }

  private static func whereAndWhen(_ place: Place) -> String {
    let end = place.entry.end.flatMap { place.lab.ends[$0] }
    let who = end.map { "\($0.label), \($0.side.rawValue)" } ?? "\(place.entry.actor)"
    return "noticed by \(who), \(place.entry.failure.phase.words)"
  }

  private static func verbatim(_ subject: Subject) -> Document {
    var text = Document()
    for line in subject.card.verbatim { text.add(.row(line.who, line.text, .failure)) }
    if subject.card.verbatim.isEmpty { text.add(.paragraph("No library said anything.", .dim)) }
    return text
  }

  /// The text of one column; of both, where there is room for one only.
  static func document(
    _ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot, _ size: Size
  ) -> Document {
    subject(model, snapshot).map { document(pane, $0, model, snapshot.catalog, size) } ?? Document()
  }

  private static func document(
    _ pane: PaneID, _ subject: Subject, _ model: AppModel, _ catalog: Catalog, _ size: Size
  ) -> Document {
    let (card, glyphs) = (subject.card, model.glyphs)
    guard isWide(size) else {
      let verbatim = size.height < CardLayout.roomForVerbatim
      var text = Document([.paragraph(whereAndWhen(subject.place).capitalizedFirst + ".", .dim), .gap])
      text.parts += CardText.whole(card, catalog, glyphs, verbatim: verbatim).parts
      return text
    }
    return pane == .advice ? CardText.advice(card, catalog, glyphs) : CardText.happened(card, glyphs)
  }
}

/// Where the boxes of a card stand.
struct CardLayout {
  let verbatim: Rect?
  let texts: [(PaneID, Rect)]

  /// Below so many rows the libraries' words stand in the text.
  static let roomForVerbatim = 18

  init(_ size: Size, focus: PaneID, zoomed: Bool, verbatim lines: Int) {
    var body = ScreenLines(size).body
    guard !zoomed else {
      (verbatim, texts) = (nil, [(CardScreen.isWide(size) ? focus : .happened, body)])
      return
    }
    if size.height >= CardLayout.roomForVerbatim {
      let split = body.splitTop(min(lines, max(1, body.height / 3)) + 2)
      (verbatim, body) = (split.top, split.rest)
    } else {
      verbatim = nil
    }
    if CardScreen.isWide(size) {
      let columns = body.splitLeft(body.width / 2)
      texts = [(.happened, columns.left), (.advice, columns.rest)]
    } else {
      texts = [(.happened, body)]
    }
  }
}

extension String {
  /// As a sentence begins.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Phase {
  /// For the top line of a card.
  var words: String {
    switch self {
    case .setup: "while setting up"
    case .resolve: "while looking up the name"
    case .bind: "in bind()"
    case .listen: "in listen()"
    case .connect: "in connect()"
    case .accept: "in accept()"
    case .proxy: "in the dialogue with the proxy"
    case .upgrade: "before TLS"
    case .handshakeStart: "in the handshake, before ServerHello"
    case .handshake: "in the handshake, before any certificate"
    case .handshakeAfterCertificate: "in the handshake, after the certificate"
    case .established: "after the connection was up"
    case .shutdown: "while closing"
    }
  }
}
