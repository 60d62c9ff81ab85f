import LabCanvas
import LabCatalog
import LabCore
import LabFacts

extension AppModel {
  /// Enter: opens what is chosen.
  mutating func open(_ snapshot: LabSnapshot, size: Size) -> [AppCommand] {
    switch overlay {
    case .palette(let state): return choose(in: state, snapshot, size: size)
    case .typing(.answer, let text):
      overlay = nil
      guard !text.isEmpty else { return [] }
      showVerdict()
      return [.intent(.answer([text]))]
    case .typing(.setting, let text): return setTyped(text, snapshot)
    case .typing:
      overlay = nil
      return []
    case .restart, .quit, .save, .prediction, .review: return []
    case nil: break
    }
    switch screen {
    case .catalog: return openFromCatalog(snapshot)
    case .lesson: return openInLesson(snapshot)
    case .demo:
      openVisitor(snapshot)
      return []
    case .sandbox: return openInSandbox(snapshot) ?? openInLesson(snapshot)
    case .round: return goOnInRound(snapshot)
    case .card, .page, .help, .comparison: return []
    }
  }

  private mutating func openFromCatalog(_ snapshot: LabSnapshot) -> [AppCommand] {
    let list = CatalogList(snapshot, self)
    guard focus != .tracks else {
      if list.way.kind == .due { return startReview(snapshot) }
      focus = .lessons
      return []
    }
    guard let row = list.chosen else {
      message = "No lesson is chosen. Esc clears the search."
      return []
    }
    // The bar is still on it when the lesson is left.
    self[.lessons].selection = list.chosenIndex
    return openLesson(row.lesson, snapshot)
  }

  /// R: in the catalog the chosen lesson begins at its first step; in a lesson it is asked first.
  mutating func startOver(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard screen == .catalog else {
      overlay = .restart
      return []
    }
    let list = CatalogList(snapshot, self)
    guard let row = list.chosen else { return [] }
    self[.lessons].selection = list.chosenIndex
    return openLesson(row.lesson, snapshot, fromStart: true)
  }

  private mutating func openInLesson(_ snapshot: LabSnapshot) -> [AppCommand] {
    // Answers wait for the present.
    if case .answer(let question) = snapshot.run?.awaiting, mode(snapshot) != .past {
      if let commands = give(question, snapshot) { return commands }
      if question.isMultiple, focus == .explain { return givePicked() }
    }
    switch focus {
    case .connections: chooseConnectionRow(snapshot)
    case .ladder: showRecord(snapshot)
    case .errors: openError(snapshot)
    case .plain, .tls, .wire, .explain:
      if snapshot.run?.result != nil { return next(snapshot) }
    case .tracks, .lessons, .about, .happened, .advice, .address, .visitors, .theirs, .ours, .settings,
      .faults, .runs,
      .text:
      break
    }
    return []
  }

  private mutating func givePicked() -> [AppCommand] {
    guard !picked.isEmpty else {
      message = "Nothing chosen yet. Choose with the letters, then Enter."
      return []
    }
    defer { picked = [] }
    return [.intent(.answer(picked))]
  }

  /// The bytes of the chosen rung, in the wire pane.
  private mutating func showRecord(_ snapshot: LabSnapshot) {
    let context = LessonPanes.context(.ladder, self, snapshot)
    let rows = LadderPane.rows(context)
    let row = LadderPane.subject(rows, chosen: self[.ladder].selection)
    states[.wire] = nil
    self[.wire].selection = row.flatMap { LadderRecord.index(of: $0, context) }
    if self[.wire].selection == nil, row != nil {
      message = "That step has no bytes on the wire here: these are the newest."
    }
    focus = .wire
  }

  private mutating func chooseConnectionRow(_ snapshot: LabSnapshot) {
    let rows = LessonPanes.kernelRows(self, snapshot)
    guard let index = self[.connections].selection, rows.indices.contains(index) else {
      message = "Move to a row first, then Enter shows its ladder and its bytes."
      return
    }
    guard let end = rows[index].end else {
      message = "A listener has no ladder: choose one of its connections."
      return
    }
    connection = end
    (states[.ladder], states[.wire]) = (nil, nil)
    focus = .ladder
  }

  private mutating func openError(_ snapshot: LabSnapshot) {
    let all = snapshot.lab.failures.elements
    let context = LessonPanes.context(.errors, self, snapshot)
    guard let index = ErrorsPane.chosen(context) else {
      message = "No errors so far."
      return
    }
    stack.append(.card(failure: all[index].number, inDemo: false))
  }

  private mutating func openVisitor(_ snapshot: LabSnapshot) {
    guard let row = DemoVisitors(snapshot.demo).chosen(self) else {
      message = "Nobody has come yet. Open the address in a browser."
      return
    }
    guard let failure = row.failureNumber else {
      stack.append(.page(.visitor(row.end)))
      return
    }
    stack.append(.card(failure: failure, inDemo: true))
  }

  /// Opens the card of the newest error of those the lesson names cards for, otherwise of the one it points at,
  /// otherwise of the newest.
  mutating func explainNewest(_ snapshot: LabSnapshot) {
    let inDemo = screen == .demo
    let all = (inDemo ? snapshot.demo?.lab : snapshot.lab)?.failures.elements ?? []
    guard let newest = all.last else {
      message = "No errors so far."
      return
    }
    let context = LessonPanes.context(.errors, self, snapshot)
    let named = inDemo ? [] : snapshot.run?.pane.cards ?? []
    let pointedAt = inDemo ? nil : ErrorsPane.pointedAt(all, context).map { all[$0] }
    // Of those whose cards the text names, the one it points at comes first.
    let meant = ([pointedAt].compactMap(\.self) + all.reversed()).first { named.contains($0.failure.code) }
    stack.append(.card(failure: (meant ?? pointedAt ?? newest).number, inDemo: inDemo))
  }

  mutating func turnCard(_ step: Int, _ snapshot: LabSnapshot) {
    guard case .card(let number, let inDemo) = screen else { return }
    let all = (inDemo ? snapshot.demo?.lab : snapshot.lab)?.failures.elements ?? []
    guard let index = all.firstIndex(where: { $0.number == number }) else { return }
    guard all.indices.contains(index + step) else {
      message = step > 0 ? "This is the newest error." : "This is the first error."
      return
    }
    stack[stack.count - 1] = .card(failure: all[index + step].number, inDemo: inDemo)
    (states[.happened], states[.advice]) = (nil, nil)
  }

  mutating func leaveCard(for pane: PaneID, _ snapshot: LabSnapshot) {
    guard case .card(let number, let inDemo) = screen else { return }
    guard !inDemo, stack.contains(.lesson) || isInSandbox else {
      message = "The demo has no \(pane.word.lowercased()) to look at. Enter on its row tells what came."
      return
    }
    let entry = snapshot.lab.failures.elements.first { $0.number == number }
    guard let end = entry?.end else {
      message = "No connection was made, so there is nothing to show."
      return
    }
    closeTop()
    connection = end
    (states[.ladder], states[.wire]) = (nil, nil)
    focus = pane
  }
}
