import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The lesson's panes by name, each with what it is given to draw from.
enum LessonPanes {
  /// The end of a lesson is told in the place of its text.
  static func view(_ pane: PaneID, merged: Bool = false, finished: Bool = false) -> (any PaneView.Type)? {
    switch pane {
    case .plain: merged ? MergedPairPane.self : PlainPairPane.self
    case .tls: merged ? MergedPairPane.self : TLSPairPane.self
    case .connections: ConnectionsPane.self
    case .ladder: LadderPane.self
    case .wire: WirePane.self
    case .explain: finished ? ResultPane.self : ExplainPane.self
    case .errors: ErrorsPane.self
    case .tracks, .lessons, .about, .happened, .advice, .address, .visitors, .theirs, .ours, .settings,
      .faults, .runs,
      .text:
      nil
    }
  }

  static func context(_ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot) -> PaneContext {
    var context = PaneContext(
      lab: pane == .connections ? filtered(snapshot.lab, model.filter) : snapshot.lab, run: snapshot.run,
      catalog: snapshot.catalog, glyphs: model.glyphs,
      focused: model.focus == pane, selection: model[pane].selection, scroll: model[pane].scroll,
      rawHex: model.rawHex, selectedConnection: ShownConnection.of(model, snapshot),
      zoomed: model.zoomed)
    context.followsNews = model[pane].followsNews
    context.byteInSight = model[pane].byteInSight
    context.draft = model.draft(snapshot)
    if let run = snapshot.run, run.result != nil {
      context.next = model.nextLesson(after: run.lesson, snapshot)
    }
    context.lesson = snapshot.shownLesson
    context.past = PastNote(snapshot)
    return context
  }

  static func rowCount(_ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot) -> Int {
    view(pane, finished: isFinished(snapshot))?.rowCount(context(pane, model, snapshot)) ?? 0
  }

  static func contentHeight(
    _ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot, width: Int, merged: Bool
  ) -> Int {
    view(pane, merged: merged, finished: isFinished(snapshot))?
      .contentHeight(context(pane, model, snapshot), width: width) ?? 0
  }

  static func hiddenLines(
    _ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot, in room: Size, merged: Bool
  ) -> Int {
    view(pane, merged: merged, finished: isFinished(snapshot))?
      .hiddenLines(context(pane, model, snapshot), in: room) ?? 0
  }

  static func isFinished(_ snapshot: LabSnapshot) -> Bool { snapshot.run?.result != nil }

  /// The rows of the connections pane, as it numbers them.
  static func kernelRows(_ model: AppModel, _ snapshot: LabSnapshot) -> [KernelTable.Row] {
    KernelTable(filtered(snapshot.lab, model.filter)).rows
  }

  /// The lab with only those kernel rows that have the word in them.
  private static func filtered(_ lab: LabState, _ filter: String) -> LabState {
    guard !filter.isEmpty, let kernel = lab.kernel else { return lab }
    let wanted = filter.lowercased()
    let rows = KernelTable(lab).rows.filter { row in
      let words = [row.owner ?? "", "\(row.socket.local)", "\(row.socket.peer)", row.socket.state.name]
      return words.joined(separator: " ").lowercased().contains(wanted)
    }
    let kept = Set(rows.map(\.socket))
    var copy = lab
    for sample in [lab.previousKernel, kernel].compactMap({ $0 }) {
      let sockets = sample.sockets.filter { kept.contains($0) }
      Lab.reduce(
        &copy,
        StampedFact(
          number: lab.last?.number ?? 0, microseconds: lab.kernelChangedAt,
          fact: .kernel(KernelSample(source: sample.source, sockets: sockets))))
    }
    return copy
  }
}
