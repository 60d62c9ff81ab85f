package import LabFacts

/// A screen that can be on top.
package enum ScreenID: Hashable, Sendable {
  case catalog
  case lesson
  /// The card of the failure that came with that fact.
  case card(failure: Int, inDemo: Bool)
  case demo
  case page(Page)
  case sandbox
  /// Two runs of the sandbox side by side, by their numbers.
  case comparison(Int, Int)
  /// Questions of the review or of the test.
  case round
  /// Help for what was below.
  case help(Mode)

  /// A text that has the screen for itself.
  package enum Page: Hashable, Sendable {
    case certificate
    case trustSteps
    /// Everything about one visitor of the demo.
    case visitor(EndID)
    /// What differs in the sandbox.
    case difference
    /// What is wrong in the lesson that is being written.
    case messages
    /// What has been met of the beliefs.
    case beliefs
    /// What the test came to.
    case test
    /// The sandbox's pair as shell commands.
    case commands

    /// Does it tell of the HTTPS demo? Its server can be asked with a command.
    var isOfDemo: Bool {
      switch self {
      case .certificate, .trustSteps, .visitor: true
      case .difference, .messages, .beliefs, .test, .commands: false
      }
    }
  }

  var page: Page? {
    if case .page(let page) = self { return page }
    return nil
  }

  /// The panes it has, in the order of Tab.
  package var panes: [PaneID] {
    switch self {
    case .catalog: PaneID.ofCatalog
    case .lesson: PaneID.ofLesson
    case .card: PaneID.ofCard
    case .demo: PaneID.ofDemo
    case .sandbox: PaneID.ofSandbox
    case .page, .round, .help, .comparison: [.text]
    }
  }
}

/// Something small over a screen, that takes the keys.
package enum Overlay: Equatable, Sendable {
  case palette(PaletteState)
  case typing(Prompt, String)
  case restart
  case quit
  case save
  /// What is expected of the sandbox's next run?
  case prediction
  /// So many questions are due.
  case review(Int)

  /// What is being typed.
  package enum Prompt: String, Sendable {
    case search
    case filter
    case answer
    /// A value of the sandbox.
    case setting
  }
}

/// What is typed into the palette, and which of its rows is chosen.
package struct PaletteState: Equatable, Sendable {
  package var text = ""
  package var selection = 0
}

/// Which colours the screen may use.
package enum Theme: String, Sendable, CaseIterable {
  /// The terminal's own, on its own background.
  case auto
  /// Light letters on a dark background.
  case dark
  /// Dark letters on a light background.
  case light
  /// None: bold, reverse and underline only.
  case mono

  package var next: Theme {
    switch self {
    case .auto: .dark
    case .dark: .light
    case .light: .mono
    case .mono: .auto
    }
  }
}
