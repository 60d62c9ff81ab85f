package import LabCanvas
package import LabCatalog
import LabFacts

extension AppModel {
  /// Takes one key. What it asks of the world outside comes back in order.
  package mutating func handle(_ key: Key, _ snapshot: LabSnapshot, size: Size) -> [AppCommand] {
    message = nil
    isReviewOffered = true
    let snapshot = isInSandbox ? snapshot.inSandbox : snapshot
    let mode = mode(snapshot)
    if let command = KeyMap.command(for: key, in: mode) {
      return perform(command, key: key, snapshot, size: size)
    }
    if mode.takesText { return type(key, snapshot) }
    if point(key, snapshot, size: size) { return [] }
    explainDeadKey(key, mode)
    return []
  }

  /// Does what a command says; from the palette there is no key.
  mutating func perform(
    _ command: Command, key: Key?, _ snapshot: LabSnapshot, size: Size
  ) -> [AppCommand] {
    switch command {
    case .back: return goBack(snapshot)
    case .leave: return leave(snapshot)
    case .quitNow: return [.quit]
    case .help: stack.append(.help(mode(snapshot)))
    case .palette: overlay = .palette(PaletteState())
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .up: move(-1, snapshot, size)
    case .down: move(1, snapshot, size)
    case .left:
      if let turned = turnSetting(-1, snapshot) { return turned }
      sideways(-1, snapshot)
    case .right:
      if let turned = turnSetting(1, snapshot) { return turned }
      sideways(1, snapshot)
    case .top: move(-.max / 2, snapshot, size)
    case .bottom: move(.max / 2, snapshot, size)
    case .pageUp: movePage(-1, snapshot, size)
    case .pageDown: movePage(1, snapshot, size)
    case .nextPane: cycleFocus(1, size)
    case .previousPane: cycleFocus(-1, size)
    case .pane1: focusPane(0)
    case .pane2: focusPane(1)
    case .pane3: focusPane(2)
    case .pane4: focusPane(3)
    case .pane5: focusPane(4)
    case .pane6: focusPane(5)
    case .pane7: focusPane(6)
    case .zoom: zoomed.toggle()
    case .grow: growth[focus, default: 0] = min(40, growth[focus, default: 0] + 1)
    case .shrink: growth[focus, default: 0] = max(-40, growth[focus, default: 0] - 1)
    case .open: return open(snapshot, size: size)
    case .search: overlay = .typing(.search, search)
    case .filter: overlay = .typing(.filter, filter)
    case .next: return screen == .round ? goOnInRound(snapshot) : next(snapshot)
    case .answer: return overlay == .prediction ? predict(key) : answer(key, snapshot)
    case .typeNumber: beginNumber(key)
    case .sure: return sayHowSure(key)
    case .skip: return skip()
    case .hint: return hint(snapshot)
    case .showSolution: return [.intent(.showSolution)]
    case .stepBack: return lookBack(.stepBack, snapshot)
    case .backToLive: return [.intent(.backToLive)]
    case .runFree: return runFree(snapshot)
    case .goFast: return goFast(snapshot)
    case .replay: return replay(snapshot)
    case .stepBefore: return lookBack(.look(.stepBefore), snapshot)
    case .stepAfter: return [.intent(.look(.stepAfter))]
    case .firstEvent: return [.intent(.look(.first))]
    case .lastEvent: return [.intent(.look(.last))]
    case .restart: return startOver(snapshot)
    case .nextLesson: return openNextLesson(snapshot)
    case .explainError: explainNewest(snapshot)
    case .errorList: focus = .errors
    case .previousCard: turnCard(-1, snapshot)
    case .nextCard: turnCard(1, snapshot)
    case .showBytes: leaveCard(for: .wire, snapshot)
    case .showLadder: leaveCard(for: .ladder, snapshot)
    case .rawHex: rawHex.toggle()
    case .copy: return copyText(snapshot, size: size)
    case .copyCommand: return copyCommand(snapshot)
    case .save: overlay = .save
    case .transcript: return save(.transcript)
    case .json: return save(.json)
    case .handout: return save(.handout)
    case .pcapng: return save(.pcapng)
    case .demo: return openDemo(snapshot)
    case .certificate: stack.append(.page(.certificate))
    case .trustSteps: stack.append(.page(.trustSteps))
    case .keepRunning: return keepDemo(snapshot)
    case .sandbox: return openSandbox(snapshot)
    case .sandboxRun: return runSandbox(snapshot)
    case .faults: focus = .faults
    case .asksFirst: return toggleAsking(snapshot)
    case .difference: stack.append(.page(.difference))
    case .messages: stack.append(.page(.messages))
    case .compare: compareRuns(snapshot)
    case .allSettings: toggleAllSettings()
    case .saveLesson: return [.saveLesson]
    case .undo: return [.intent(.sandbox(.undo))]
    case .redo: return [.intent(.sandbox(.redo))]
    case .mouse: return toggleMouse()
    case .ascii: ascii.toggle()
    case .theme: return changeTheme()
    case .review: return startReview(snapshot)
    case .beliefs: stack.append(.page(.beliefs))
    case .test: return startTest(snapshot)
    case .testResults: stack.append(.page(.test))
    case .confirm: return confirm(snapshot)
    case .refuse: overlay = nil
    case .itemUp: moveItem(-1, snapshot)
    case .itemDown: moveItem(1, snapshot)
    }
    return []
  }

  private mutating func skip() -> [AppCommand] {
    if overlay == .prediction { return run(predicting: nil) }
    return screen == .round ? skipInRound() : [.intent(.skip)]
  }

  /// Esc: closes or undoes one thing, and never quits.
  private mutating func goBack(_ snapshot: LabSnapshot) -> [AppCommand] {
    if case .typing(.search, _) = overlay { search = "" }
    if case .typing(.filter, _) = overlay { filter = "" }
    if overlay != nil {
      overlay = nil
    } else if zoomed, screen.panes.count > 1 {
      zoomed = false
    } else {
      switch screen {
      case .catalog:
        if search.isEmpty { message = "This is the top. q quits, Ctrl-C quits from anywhere." }
        search = ""
      case .lesson:
        if !filter.isEmpty {
          filter = ""
        } else {
          message =
            snapshot.replay == nil
            ? "Esc never leaves a lesson. q goes back to the catalog."
            : "Esc never quits. q leaves the replay."
        }
      case .demo, .sandbox, .round: return leave(snapshot)
      case .card, .page, .help, .comparison: closeTop()
      }
    }
    return []
  }

  /// q: one level up; at the catalog it quits.
  private mutating func leave(_ snapshot: LabSnapshot) -> [AppCommand] {
    switch screen {
    case .catalog:
      guard let demo = snapshot.demo, demo.keepsRunning else { return [.quit] }
      overlay = .quit
      return []
    case .lesson:
      if snapshot.replay != nil { return [.quit] }
      leaveLesson()
      seen = Seen()
      return [.intent(.closeLesson)]
    case .demo:
      closeTop()
      guard let demo = snapshot.demo, !demo.keepsRunning else { return [] }
      return [.intent(.stopDemo)]
    case .sandbox: return leaveSandbox()
    case .round:
      leaveRound()
      return []
    case .card, .page, .help, .comparison:
      closeTop()
      return []
    }
  }

  mutating func closeTop() {
    if stack.count > 1 { stack.removeLast() }
    states[.text] = nil
    states[.happened] = nil
    states[.advice] = nil
    zoomed = false
  }

  private mutating func confirm(_ snapshot: LabSnapshot) -> [AppCommand] {
    if case .review = overlay { return startReview(snapshot) }
    defer { overlay = nil }
    switch overlay {
    case .restart: return [.intent(.restart)]
    case .quit: return [.quit]
    case .palette, .typing, .save, .prediction, .review, nil: return []
    }
  }

  private mutating func save(_ export: Export) -> [AppCommand] {
    overlay = nil
    return [.save(export)]
  }

  private mutating func toggleMouse() -> [AppCommand] {
    mouse.toggle()
    message =
      mouse
      ? "Mouse on: click focuses, wheel scrolls, Shift-drag selects text. m: off."
      : "Mouse off: the terminal selects text as usual."
    return [.setMouse(mouse)]
  }

  private mutating func changeTheme() -> [AppCommand] {
    theme = theme.next
    message = "Colours: \(theme.words)."
    return [.setTheme(theme)]
  }

  /// A key that does nothing here deserves a word where a learner may have expected something.
  private mutating func explainDeadKey(_ key: Key, _ mode: Mode) {
    guard case .character(let character) = key else { return }
    if mode == .past, "abcdef".contains(character) {
      message = "You are looking at the past. Press . for live, then answer."
    } else if mode == .question || mode == .wideQuestion, character == " " {
      message = "A question is open: choose an answer by its letter. s leaves it out."
    } else if mode == .numberQuestion, character == " " {
      message = "A question is open: type the number, then Enter."
    } else if mode == .typedQuestion, character == " " {
      message = "A question is open: press Enter, then type the answer."
    } else if mode == .orderQuestion, character == " " {
      message = "A question is open: J and K move the item, Enter answers."
    } else if mode == .pointQuestion, character == " " {
      message = "A question is open: move to its row with j and k, then Enter."
    } else if mode == .observation || mode == .wideObservation, character == " " {
      message = "A question is open: look, then choose by letter. H helps."
    } else if mode == .bench || mode == .wideBench, character == " " {
      message = "Make a move by its letter. H gives a hint, v shows the solution."
    }
  }
}

extension Theme {
  /// For the status line.
  package var words: String {
    switch self {
    case .auto: "the terminal's own"
    case .dark: "for a dark background"
    case .light: "for a light background"
    case .mono: "none; only bold, dim, underlined and reversed"
    }
  }
}
