import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// Questions that are answered by typing, by an order, or by a row.
extension AppModel {
  func openQuestion(_ run: LessonRun) -> Question? {
    if case .answer(let question) = run.awaiting { return question }
    return nil
  }

  /// A question about a pane puts the cursor there, beside the text that asks.
  mutating func beginQuestion(_ question: Question, _ snapshot: LabSnapshot) {
    (picked, arranged) = ([], [])
    if question.kind == .recall { forgetRows() }
    guard screen == .lesson else { return }
    switch question.form {
    case .pick, .number, .order: break
    case .fill(let field): showBlank(field, snapshot)
    case .point(let target): point(at: target, snapshot)
    }
  }

  /// The bytes with the blank, beside the text that asks; nothing where it crossed encrypted.
  private mutating func showBlank(_ field: BlankField, _ snapshot: LabSnapshot) {
    guard let end = snapshot.lab.ends(of: field.of).last, let pair = snapshot.lab.connection(of: end.id),
      let viewer = PaneConnection(pair, snapshot.lab).viewer,
      let blank = Blanks(snapshot.run).place(in: viewer.wire.elements)
    else { return }
    connection = end.id
    watch = .wire
    states[.wire] = nil
    self[.wire].selection = blank.entry
    self[.wire].byteInSight = blank.byte
  }

  private mutating func point(at target: PointTarget, _ snapshot: LabSnapshot) {
    let pane = AppModel.pane(target.pane)
    states[pane] = nil
    watch = AppModel.tabbed.contains(pane) && pane != .explain ? pane : nil
    if target.pane == .ladder { connection = snapshot.lab.ends(of: target.target).last?.id }
    tab = .explain
    focus = pane
  }

  /// The keys chosen, or the items in the order they stand in.
  func draft(_ snapshot: LabSnapshot) -> [String] {
    guard let question = snapshot.run.flatMap(openQuestion) else { return [] }
    guard question.form == .order else { return picked }
    let keys = question.options.map(\.key)
    return Set(arranged) == Set(keys) ? arranged : keys
  }

  /// J and K: the chosen item changes places with its neighbour.
  mutating func moveItem(_ step: Int, _ snapshot: LabSnapshot) {
    var items = draft(snapshot)
    focus = .explain
    let place = self[.explain].selection ?? 0
    self[.explain].selection = place
    guard items.indices.contains(place), items.indices.contains(place + step) else { return }
    items.swapAt(place, place + step)
    arranged = items
    self[.explain].selection = place + step
  }

  /// A digit begins the answer; from the palette there is none yet.
  mutating func beginNumber(_ key: Key?) {
    guard case .character(let digit) = key else {
      overlay = .typing(.answer, "")
      return
    }
    overlay = .typing(.answer, String(digit))
  }

  /// Enter on an open question; nothing where it means something else.
  mutating func give(_ question: Question, _ snapshot: LabSnapshot) -> [AppCommand]? {
    switch question.form {
    case .pick: return nil
    case .number, .fill:
      overlay = .typing(.answer, "")
      return []
    case .order:
      showVerdict()
      return [.intent(.answer(draft(snapshot)))]
    case .point(let target):
      guard focus == AppModel.pane(target.pane) else { return nil }
      guard let key = pointedRow(target, snapshot) else {
        message = "Move to a row first: j, k or the arrows."
        return []
      }
      showVerdict()
      return [.intent(.answer([key]))]
    }
  }

  private func pointedRow(_ target: PointTarget, _ snapshot: LabSnapshot) -> String? {
    let selection = self[AppModel.pane(target.pane)].selection
    switch target.pane {
    case .connections:
      return row(selection, of: LessonPanes.kernelRows(self, snapshot)).map { PointRows.key(of: $0) }
    case .ladder:
      let rows = LadderPane.rows(LessonPanes.context(.ladder, self, snapshot))
      return row(selection, of: rows).map { PointRows.key(of: $0.rung) }
    case .errors:
      let chosen = ErrorsPane.chosen(LessonPanes.context(.errors, self, snapshot))
      return row(chosen, of: snapshot.lab.failures.elements).map { PointRows.key(of: $0) }
    case .explain, .wire: return nil
    }
  }

  private func row<Row>(_ place: Int?, of rows: [Row]) -> Row? {
    place.flatMap { rows.indices.contains($0) ? rows[$0] : nil }
  }
}
