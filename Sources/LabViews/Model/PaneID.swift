/// A part of a screen that can have the focus.
package enum PaneID: String, Sendable, CaseIterable {
  // Catalog
  case tracks
  case lessons
  case about
  // Lesson; the order is their number
  case plain
  case tls
  case connections
  case ladder
  case wire
  case explain
  case errors
  // Error card
  case happened
  case advice
  // Demo
  case address
  case visitors
  case theirs
  case ours
  // Sandbox
  case settings
  case faults
  case runs
  // A text that has the screen for itself
  case text

  package static let ofCatalog: [PaneID] = [.tracks, .lessons, .about]
  package static let ofLesson: [PaneID] = [.plain, .tls, .connections, .ladder, .wire, .explain, .errors]
  static let pairs: [PaneID] = [.plain, .tls]
  package static let ofCard: [PaneID] = [.happened, .advice]
  package static let ofSandbox: [PaneID] = [
    .settings, .faults, .connections, .ladder, .wire, .runs, .errors,
  ]
  package static let ofDemo: [PaneID] = [.address, .visitors, .theirs, .ours]

  /// The digit that chooses it on its screen, from 1; nothing where digits do not choose.
  package var number: Int? {
    for panes in [PaneID.ofCatalog, PaneID.ofLesson, PaneID.ofDemo, PaneID.ofSandbox] {
      if let index = panes.firstIndex(of: self) { return index + 1 }
    }
    return nil
  }

  /// Keys are for the pane that has the focus: `3 then ` gives it to another one.
  func way(focused: Bool) -> String { focused ? "" : "\(number.map(String.init) ?? "Tab") then " }

  /// A word for a tab.
  package var word: String {
    switch self {
    case .tracks: "Tracks"
    case .lessons: "Lessons"
    case .about: "About"
    case .plain: "Plain"
    case .tls: "TLS"
    case .connections: "Connections"
    case .ladder: "Ladder"
    case .wire: "Wire"
    case .explain: "Explain"
    case .errors: "Errors"
    case .happened: "What happened"
    case .advice: "What to do"
    case .address: "Address"
    case .visitors: "Connections"
    case .theirs: "They sent"
    case .ours: "We sent"
    case .settings: "Settings"
    case .faults: "Faults"
    case .runs: "Runs"
    case .text: "Text"
    }
  }
}

/// Where a person is in one pane.
package struct PaneState: Hashable, Sendable {
  /// Absent until they move: the pane follows what is newest.
  package var selection: Int?
  package var scroll = 0
  /// A new hint stays in sight until somebody scrolls.
  package var followsNews = false
  /// A byte of the chosen row that stays in sight until somebody scrolls.
  package var byteInSight: Int?
}
