import LabCanvas
package import LabCatalog
package import LabCore
import LabFacts

/// A run as a page to print: what is asked, what this run showed, what it means, and the answers at the end.
package struct HandOut: Sendable {
  private let run: LessonRun
  private let lab: LabState
  private var page: [String] = []
  private var answers: [String] = []
  private var asked = 0
  private var hasShown = false
  private var hasRun = false
  /// The question that was asked last, and the step it belongs to.
  private var open: Question?
  private var step = ""

  /// The page in Markdown, a line each. `lab` is what the run's facts added up to.
  package static func lines(of run: LessonRun, _ lab: LabState) -> [String] {
    var page = HandOut(run: run, lab: lab)
    return page.write()
  }

  private init(run: LessonRun, lab: LabState) {
    self.run = run
    self.lab = lab
  }

  private mutating func write() -> [String] {
    let lesson = run.lesson
    page = [
      "# \(lesson.code) \(lesson.title)", "", "*\(lesson.question)*", "",
      "Name: ______________________  Date: ______________", "",
      "Numbers and bytes on this page come from one real run of netlab. Another run has other ports.", "",
    ]
    for entry in run.journal { take(entry) }
    if !hasShown { showRun() }
    page += ["## What was answered", "", "*Fold here, or print them apart.*", ""] + answers
    return page
  }

  private mutating func take(_ entry: JournalEntry) {
    switch entry {
    case .stepBegan(let id, _, _, let phase):
      step = id
      if phase == .run { hasRun = true }
      if phase == .explain, hasRun, !hasShown { showRun() }
      page += ["## \(HandOut.title(phase))", ""]
    case .said(let words): add(words)
    case .asked(let question): ask(question)
    case .answered(let keys, let isRight, _): if !keys.isEmpty { answer(keys, isRight) }
    case .gave(let words, let isRight, _): add(answer: HandOut.verbatim(words), isRight)
    case .did(let words): page += ["- \(HandOut.safe(words))"]
    case .ran(let actor, let program):
      page += PlainText.ran(actor, program).map { "  " + HandOut.verbatim($0) }
    case .noted(let words): page += [""] + [HandOut.safe(words), ""]
    case .expectationMet(let words): page += ["- seen: \(HandOut.safe(words))"]
    case .expectationMissed(let mismatch): page += ["- **differed:** \(HandOut.verbatim(mismatch.sentence))"]
    case .feedback(let words): if asked > 0 { answers += ["   \(HandOut.safe(words))", ""] }
    case .goal(let words, let moves):
      add(words)
      page += moves.map { "- [ ] \($0.key)) \(HandOut.safe($0.text))" } + [""] + HandOut.space
    case .solutionShown(let keys):
      answers += ["- \(run.lesson.code), to try: \(keys.joined(separator: ", "))", ""]
    case .sure, .skipped, .wentFast, .hintShown, .moved, .goalReached, .finished: break
    }
  }

  private mutating func add(_ words: String) {
    page +=
      words.split(separator: "\n", omittingEmptySubsequences: false).map { HandOut.safe(String($0)) } + [""]
  }

  private mutating func ask(_ question: Question) {
    asked += 1
    open = question
    page += ["**\(asked).** \(HandOut.safe(question.ask))\(HandOut.manner(question))", ""]
    page += HandOut.room(for: question) + [""]
    if question.kind != .observe { page += HandOut.space }
  }

  private mutating func answer(_ keys: [String], _ isRight: Bool?) {
    guard let open, open.form == .order || open.isRow else {
      return add(answer: keys.joined(separator: ", "), isRight)
    }
    let words = keys.map { key in open.options.first { $0.key == key }?.text ?? key }
    add(answer: words.map(HandOut.safe).joined(separator: "; "), isRight)
  }

  /// A prediction is judged after its run, and not in the journal.
  private mutating func add(answer words: String, _ isRight: Bool?) {
    let isRight = isRight ?? run.answers.predictions.last { $0.step == step }?.correct
    answers += ["- **\(asked).** \(words)" + (isRight == false ? " *(not right)*" : "")]
  }

  /// How it is answered, where that is not plain.
  private static func manner(_ question: Question) -> String {
    switch question.form {
    case .pick(.teachBack): " *(Two of these belong in the explanation.)*"
    case .pick: question.isMultiple ? " *(Several may be right.)*" : ""
    case .order: " *(Number them.)*"
    case .point: " *(Which row?)*"
    case .number, .fill: ""
    }
  }

  /// What is ticked, numbered or written on.
  private static func room(for question: Question) -> [String] {
    switch question.form {
    case .pick: question.options.map { "- [ ] \($0.key)) \(safe($0.text))" }
    case .order: question.options.map { "- \\_\\_\\_ \(safe($0.text))" }
    case .point: question.options.map { "- [ ] \(safe($0.text))" }
    case .number: ["Number: ____________"]
    case .fill: ["It says: ______________________________"]
    }
  }

  private static let space = ["Because: ________________________________________________", ""]

  private static func title(_ phase: LessonPhase) -> String {
    switch phase {
    case .read: "Read"
    case .predict: "Predict"
    case .run: "What the lab does"
    case .observe: "Look"
    case .explain: "What happened"
    case .attempt: "Try"
    case .recall: "Remember"
    }
  }

  // MARK: What the run showed

  private mutating func showRun() {
    hasShown = true
    page += ["", "## What this run showed", "", "| client | its port | server | its port | carried by |"]
    page += ["|---|---|---|---|---|"]
    for connection in lab.connections { page.append(row(connection)) }
    page.append("")
    for connection in lab.connections { ladder(connection) }
  }

  private func row(_ connection: Connection) -> String {
    let client = connection.client.flatMap { lab.ends[$0] }
    let server = connection.server.flatMap { lab.ends[$0] }
    let clientPort = client?.opening?.local.port ?? server?.opening?.peer.port
    let serverPort = client?.opening?.peer.port ?? server?.opening?.local.port
    let version = (client?.tls.established ?? server?.tls.established).map { TLSNames.version($0.version) }
    let cells: [String] = [
      connection.client?.description ?? "elsewhere", clientPort.map(String.init) ?? "none",
      connection.server?.description ?? "nobody", serverPort.map(String.init) ?? "none",
      version ?? "plain TCP",
    ]
    return "| " + cells.map(HandOut.verbatim).joined(separator: " | ") + " |"
  }

  /// The messages of a connection as a table: who said it, which way it went, and who can read it.
  private mutating func ladder(_ connection: Connection) {
    let rungs = Ladder(of: connection, in: lab).rungs
    guard !rungs.isEmpty else { return }
    let pair = PaneConnection(connection, lab)
    page += [
      "### \(HandOut.verbatim(pair.short(.client))) and \(HandOut.verbatim(pair.short(.server)))", "",
      "| seconds | client | | server | who can read it |", "|---:|---|:---:|---|---|",
    ]
    page += rungs.map { HandOut.row($0) } + [""]
  }

  private static func row(_ rung: Ladder.Rung) -> String {
    let said = LadderWords.label(rung)
    let words = said.isEmpty ? "*\(safe(LadderWords.mark(rung, .ascii).text))*" : verbatim(said)
    let travel = LadderWords.travel(rung).first.map { " (\($0))" } ?? ""
    let isClient = rung.side == .client
    let way = rung.crosses ? isClient ? "→" : "←" : ""
    let reader = rung.crosses ? rung.encrypted ? "the two ends" : "anyone on the way" : ""
    let time = Seconds.text(rung.microseconds).trimmed
    let cells = isClient ? [words + travel, way, ""] : ["", way, words + travel]
    return "| " + ([time] + cells + [reader]).joined(separator: " | ") + " |"
  }

  /// What programs and peers said, all of it as it is.
  private static func verbatim(_ text: String) -> String { safe(text).replacing("*", with: "\\*") }

  /// A lesson's text keeps its emphasis; nothing else in it becomes markup.
  private static func safe(_ text: String) -> String {
    text.reduce(into: "") { line, letter in
      if "|<>`\\[]_#".contains(letter) { line.append("\\") }
      line.append(letter)
    }
  }
}

extension Question {
  /// Is a row of a pane what answers it?
  fileprivate var isRow: Bool {
    if case .point = form { return true }
    return false
  }
}
