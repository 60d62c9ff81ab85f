package import LabCanvas
package import LabCatalog
import LabCore
package import LabFacts

/// The state of the screens themselves: which is open, where the focus is, how far it is scrolled. What
/// the lab does is not in it, that is the snapshot.
///
/// Call `follow` when a new snapshot comes, `handle` for each key, and draw with `AppScreen.render`.
package struct AppModel: Equatable, Sendable {
  /// The catalog is at the bottom, the screen that shows on top.
  package internal(set) var stack: [ScreenID] = [.catalog]
  package internal(set) var overlay: Overlay?
  package internal(set) var ascii: Bool
  package internal(set) var theme: Theme
  package internal(set) var mouse = false
  /// A word about the newest key, for the status line.
  package internal(set) var message: String?
  package internal(set) var zoomed = false
  package internal(set) var rawHex = false
  /// What the catalog is searched for.
  package internal(set) var search = ""
  /// Only rows with this in them, in the connections pane.
  package internal(set) var filter = ""
  /// The review or the test that is open.
  package internal(set) var round: QuestionRound?
  /// The review has been offered, or a key was pressed before it could be.
  var isReviewOffered = false
  /// Answers chosen so far where several are right.
  package internal(set) var picked: [String] = []
  /// The items of an order question as they stand now.
  var arranged: [String] = []
  /// An end of the connection that ladder and wire show. Absent: the panes choose.
  package internal(set) var connection: EndID?
  /// Rows given to a pane beyond its share.
  package internal(set) var growth: [PaneID: Int] = [:]
  package internal(set) var states: [PaneID: PaneState] = [:]
  var focusOf: [PaneID: PaneID] = [:]
  /// The lesson pane that shares its place with others, where there is room for one only.
  package internal(set) var tab: PaneID = .explain
  /// The same in the sandbox.
  package internal(set) var sandboxTab: PaneID = .runs
  /// Rare settings of the sandbox too.
  package internal(set) var showsAllSettings = false
  /// What a step points at, in the place of the connections, where not every pane has a place of its own.
  package internal(set) var watch: PaneID?
  var seen = Seen()

  package init(ascii: Bool = false, theme: Theme = .auto) {
    self.ascii = ascii
    self.theme = theme
  }

  package var screen: ScreenID { stack.last ?? .catalog }
  package var glyphs: Glyphs { ascii ? .ascii : .unicode }

  /// The pane that has the focus on the screen on top.
  package var focus: PaneID {
    get {
      let panes = screen.panes
      return panes.first.flatMap { focusOf[$0] } ?? AppModel.firstFocus(screen)
    }
    set {
      guard let key = screen.panes.first else { return }
      focusOf[key] = newValue
      if screen == .sandbox {
        sandboxTab = newValue
      } else if AppModel.tabbed.contains(newValue), newValue != watch {
        tab = newValue
      }
    }
  }

  package subscript(pane: PaneID) -> PaneState {
    get { states[pane] ?? PaneState() }
    set { states[pane] = newValue }
  }

  /// What the keyboard means now.
  package func mode(_ snapshot: LabSnapshot) -> Mode {
    switch overlay {
    case .palette: return .palette
    case .typing: return .typing
    case .restart: return .restartDialog
    case .quit: return .quitDialog
    case .save: return .saveDialog
    case .prediction: return .prediction
    case .review: return .reviewDialog
    case nil: break
    }
    switch screen {
    case .catalog: return .catalog
    case .lesson: return AppModel.lessonMode(snapshot)
    case .card: return .card
    case .demo: return .demo
    case .page: return .page
    case .sandbox: return .sandbox
    case .comparison: return .page
    case .round: return .round
    case .help: return .help
    }
  }

  /// Lesson panes that take turns in one place on smaller screens.
  package static let tabbed: [PaneID] = [.explain, .ladder, .wire, .errors]

  static func firstFocus(_ screen: ScreenID) -> PaneID {
    switch screen {
    case .catalog: .lessons
    case .lesson: .explain
    case .card: .happened
    case .demo: .visitors
    case .sandbox: .settings
    case .page, .round, .help, .comparison: .text
    }
  }

  static func lessonMode(_ snapshot: LabSnapshot) -> Mode {
    guard let run = snapshot.run else { return .lesson }
    if case .past = snapshot.cursor { return .past }
    switch run.awaiting {
    case .advance, .facts, .release: return .lesson
    case .answer(let question):
      switch question.form {
      case .number, .fill: return .typedQuestion
      case .order: return .orderQuestion
      case .point: return .pointQuestion
      case .pick: break
      }
      let isWide = question.options.count > 4
      if question.kind == .observe { return isWide ? .wideObservation : .observation }
      return isWide ? .wideQuestion : .question
    case .confidence: return .confidence
    case .move(let bench): return bench.moves.count > 4 ? .wideBench : .bench
    case .finished: return .result
    }
  }
}
