package import LabCatalog
package import LabCore
package import LabFacts

/// A run as a page to print: what is asked, what this run showed, what it means, and the answers at the end.
package struct HandOut: Sendable {
  private let run: LessonRun
  private let facts: [StampedFact]
  private let lab: LabState
  private var page: [String] = []
  private var answers: [String] = []
  private var asked = 0
  private var hasShown = false
  private var hasRun = false

  /// The page in Markdown, a line each. `facts` are those of the run, `lab` what they added up to.
  package static func lines(of run: LessonRun, _ facts: [StampedFact], _ lab: LabState) -> [String] {
    var page = HandOut(run: run, facts: facts, lab: lab)
    return page.write()
  }

  private init(run: LessonRun, facts: [StampedFact], lab: LabState) {
    self.run = run
    self.facts = facts
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
    page += ["## Answers", "", "*Fold here, or print them apart.*", ""] + answers
    return page
  }

  private mutating func take(_ entry: JournalEntry) {
    switch entry {
    case .stepBegan(_, _, _, let phase):
      if phase == .run { hasRun = true }
      if phase == .explain, hasRun, !hasShown { showRun() }
      page += ["## \(HandOut.title(phase))", ""]
    case .said(let words): add(words)
    case .asked(let question): ask(question)
    case .answered(let keys, _, _): if !keys.isEmpty { answer(keys) }
    case .gave(let words, _, _): answers += ["- **\(asked).** \(HandOut.safe(words))"]
    case .did(let words): page += ["- \(HandOut.safe(words))"]
    case .ran(let actor, let program): page += PlainText.ran(actor, program).map { "  " + HandOut.safe($0) }
    case .noted(let words): page += [""] + [HandOut.safe(words), ""]
    case .expectationMet(let words): page += ["- seen: \(HandOut.safe(words))"]
    case .expectationMissed(let mismatch): page += ["- **differed:** \(HandOut.safe(mismatch.sentence))"]
    case .feedback(let words): if asked > 0 { answers += ["   \(HandOut.safe(words))", ""] }
    case .goal(let words, let moves):
      add(words)
      page += moves.map { "- [ ] \($0.key)) \(HandOut.safe($0.text))" } + [""] + HandOut.space
    case .solutionShown(let keys):
      answers += ["- \(run.lesson.code), to try: \(keys.joined(separator: ", "))", ""]
    case .sure, .skipped, .wentFast, .hintShown, .moved, .goalReached, .restarted, .finished: break
    }
  }

  private mutating func add(_ words: String) {
    page +=
      words.split(separator: "\n", omittingEmptySubsequences: false).map { HandOut.safe(String($0)) } + [""]
  }

  private mutating func ask(_ question: Question) {
    asked += 1
    page += ["**\(asked).** \(HandOut.safe(question.ask))", ""]
    page += question.options.map { "- [ ] \($0.key)) \(HandOut.safe($0.text))" } + [""] + HandOut.space
  }

  private mutating func answer(_ keys: [String]) {
    answers += ["- **\(asked).** \(keys.joined(separator: ", "))"]
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
    return "| " + cells.map(HandOut.safe).joined(separator: " | ") + " |"
  }

  private mutating func ladder(_ connection: Connection) {
    guard let id = connection.client ?? connection.server else { return }
    var setting = LadderText.Setting()
    setting.portNamedBy = "where the server listens"
    var text = LadderText(of: id, setting)
    var state = LabState()
    let lines = facts.flatMap { stamped in
      Lab.reduce(&state, stamped)
      return text.take(stamped, in: state)
    }
    guard !lines.isEmpty else { return }
    page += ["The way of \(id), seconds first:", "", "```"] + lines + ["```", ""]
  }

  /// Nothing a program said becomes markup.
  private static func safe(_ text: String) -> String {
    text.reduce(into: "") { line, letter in
      if "|<>`\\[]_#".contains(letter) { line.append("\\") }
      line.append(letter)
    }
  }
}
