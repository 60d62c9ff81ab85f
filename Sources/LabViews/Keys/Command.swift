/// Everything a person can ask for, whatever key it has.
package enum Command: String, Sendable, CaseIterable {
  // The way out, and the way round.
  case back
  case leave
  case quitNow
  case help
  case palette
  case suspend
  case redraw

  // Moving.
  case up
  case down
  case left
  case right
  case top
  case bottom
  case pageUp
  case pageDown
  case nextPane
  case previousPane
  case pane1
  case pane2
  case pane3
  case pane4
  case pane5
  case pane6
  case pane7
  case zoom
  case grow
  case shrink
  case open
  case search
  case filter

  // A lesson.
  case next
  case answer
  case sure
  case skip
  case hint
  case showSolution
  case stepBack
  case backToLive
  case runFree
  case replay
  case restart
  case nextLesson
  case itemUp
  case itemDown

  // Looking closer.
  case explainError
  case errorList
  case rawHex
  case previousCard
  case nextCard
  case showBytes
  case showLadder

  // Taking along.
  case copy
  case copyCommand
  case save
  case transcript
  case json
  case handout
  case pcapng

  // The HTTPS demo.
  case demo
  case certificate
  case trustSteps
  case keepRunning

  // The sandbox.
  case sandbox
  case sandboxRun
  case faults
  case asksFirst
  case allSettings
  case saveLesson
  case difference
  case compare
  case undo
  case redo
  // What is remembered.
  case review
  case beliefs
  case test
  case testResults

  // The screen itself.
  case mouse
  case ascii
  case theme

  // Dialogs.
  case confirm
  case refuse
}

/// What the keyboard means at one moment. Within one mode no key has two meanings.
package enum Mode: String, Sendable, CaseIterable {
  case catalog
  case lesson
  /// A prediction or a recall question is open, with four answers at most.
  case question
  /// With five or six answers: `e` and `f` answer too.
  case wideQuestion
  /// A question that is answered by looking at the screen.
  case observation
  case wideObservation
  /// A question whose answer is typed.
  case typedQuestion
  /// A question whose items are put in order.
  case orderQuestion
  /// A question that wants the cursor on a row.
  case pointQuestion
  case confidence
  /// A *try* step with four moves at most.
  case bench
  case wideBench
  /// Looking back at an earlier event.
  case past
  /// The lesson is over.
  case result
  case card
  case demo
  /// A text to read: a certificate, the trust steps, one exchange.
  case page
  /// A question of the review or of the test.
  case round
  case help
  case sandbox
  // Over a screen: keys that are not in the map are text.
  case palette
  case typing
  // Over a screen: a question about the program itself.
  case restartDialog
  case quitDialog
  case saveDialog
  /// What is expected of the sandbox's next run?
  case prediction
  case reviewDialog

  /// Printable keys are typed text.
  package var takesText: Bool { self == .palette || self == .typing }
}
