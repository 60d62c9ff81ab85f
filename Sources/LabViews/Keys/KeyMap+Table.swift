import LabCanvas

extension KeyMap {
  /// The table.
  package static let bindings: [Binding] = wayOut + now + sandbox + moving + looking + taking + screen

  /// Where the panes of a lesson are shown: in a lesson, and in a saved run.
  private static let walked = lessonModes.union([.replay])
  private static let backward: Set<Mode> = [.past, .replay]
  private static let lessonModes: Set<Mode> = [
    .lesson, .question, .wideQuestion, .observation, .wideObservation, .numberQuestion, .typedQuestion,
    .orderQuestion, .pointQuestion, .confidence, .bench, .wideBench, .past, .result,
  ]
  /// Questions and moves with five or six keys take `e` and `f` for themselves.
  private static let narrow: Set<Mode> = walked.subtracting([
    .wideQuestion, .wideObservation, .wideBench,
  ])
  private static let dialogs: Set<Mode> = [
    .restartDialog, .quitDialog, .saveDialog, .prediction, .reviewDialog,
  ]
  private static let screens: Set<Mode> = Set(Mode.allCases).subtracting(dialogs).subtracting([
    .palette, .typing,
  ])
  private static let paned: Set<Mode> = walked.union([.catalog, .demo, .card, .sandbox])
  private static let all = Set(Mode.allCases)

  private static let wayOut: [Binding] = [
    Binding(.leave, ["q"], in: lessonModes, .wayOut, "leave", "leave the lesson; the catalog comes back"),
    Binding(.leave, ["q"], in: [.replay], .wayOut, "leave", "leave the saved run; netlab ends"),
    Binding(.leave, ["q"], in: [.catalog], .wayOut, "quit", "quit netlab"),
    Binding(.leave, ["q"], in: [.demo], .wayOut, "leave", "leave; the servers stop unless kept running"),
    Binding(.leave, ["q"], in: [.card, .page, .round, .help], .wayOut, "close", "close, one level up"),
    Binding(.back, [.escape], in: walked, .wayOut, "up", "undo a zoom, close; never quits"),
    Binding(.back, [.escape], in: [.catalog], .wayOut, "clear", "clear the search; never quits"),
    Binding(.back, [.escape], in: [.demo], .wayOut, "back", "undo a zoom, then one level up"),
    Binding(.back, [.escape], in: [.card, .page, .round, .help], .wayOut, "close", "close, one level up"),
    Binding(.back, [.escape], in: [.palette, .typing, .saveDialog], .wayOut, "cancel", "cancel"),
    Binding(
      .refuse, ["n", .escape, "q"], in: [.restartDialog, .quitDialog, .reviewDialog], .wayOut, "no",
      "no, go back"),
    Binding(.quitNow, [.control("c")], in: all, .wayOut, "quit", "quit netlab at once, from anywhere"),
    Binding(.help, ["?", .function(1)], in: screens, .wayOut, "help", "the keys of this screen"),
    Binding(
      .palette, [":", .control("p")], in: screens, .wayOut, "palette", "find a command or a lesson by name"),
  ]

  private static let now: [Binding] = [
    Binding(.open, [.enter], in: [.catalog], .now, "open", "open the chosen lesson"),
    Binding(
      .restart, ["R"], in: [.catalog], .now, "from the start", "open the chosen lesson at its first step"),
    Binding(.search, ["/"], in: [.catalog], .now, "search", "search the lessons"),
    Binding(.review, ["r"], in: [.catalog], .now, "review", "answer what is due, three questions at most"),
    Binding(.beliefs, ["B"], in: [.catalog], .now, "beliefs", "the beliefs you have met, and what came back"),
    Binding(.test, ["C"], in: [.catalog], .now, "check", "the test of twelve questions, before and after"),
    Binding(.testResults, ["c"], in: [.catalog], .now, "results", "what the test came to"),
    Binding(.answer, ["a", "b", "c", "d", "e"], in: [.round], .now, "answer", "answer the question"),
    Binding(.next, [" "], in: [.round], .now, "next", "the next question"),
    Binding(.skip, ["s"], in: [.round], .now, "skip", "leave the question out; it stays due"),
    Binding(.open, [.enter], in: [.round], .now, "done", "give the chosen answers, where several are right"),
    Binding(.next, [" "], in: [.lesson], .now, "next", "next step; lets a held record go"),
    Binding(.next, [" "], in: [.confidence], .now, "leave open", "go on without saying how sure"),
    Binding(.next, [" "], in: backward, .now, "forward", "one event forward"),
    Binding(.next, [" "], in: [.result], .now, "catalog", "back to the catalog"),
    Binding(.nextLesson, ["n"], in: [.result], .now, "next lesson", "open the next lesson"),
    Binding(
      .answer, ["a", "b", "c", "d"], in: [.question, .observation], .now, "answer", "answer the question"),
    Binding(
      .answer, ["a", "b", "c", "d", "e", "f"], in: [.wideQuestion, .wideObservation], .now, "answer",
      "answer the question"),
    Binding(
      .skip, ["s"],
      in: [.question, .wideQuestion, .numberQuestion, .typedQuestion, .orderQuestion, .pointQuestion], .now,
      "skip", "leave the question out"),
    Binding(
      .typeNumber, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], in: [.numberQuestion], .now, "type",
      "type the number; Enter gives it"),
    Binding(
      .open, [.enter], in: [.numberQuestion, .typedQuestion], .now, "type",
      "type the answer; Enter again gives it"),
    Binding(.itemDown, ["J"], in: [.orderQuestion], .now, "item down", "move the chosen item down"),
    Binding(.itemUp, ["K"], in: [.orderQuestion], .now, "item up", "move the chosen item up"),
    Binding(.open, [.enter], in: [.orderQuestion], .now, "answer", "answer with this order"),
    Binding(.open, [.enter], in: [.pointQuestion], .now, "this row", "answer with the row under the cursor"),
    Binding(.skip, ["s"], in: [.bench, .wideBench], .now, "skip", "leave the task out"),
    Binding(
      .hint, ["H"],
      in: [.observation, .wideObservation, .numberQuestion, .typedQuestion, .orderQuestion, .pointQuestion],
      .now, "hint", "a hint: where to look"),
    Binding(
      .open, [.enter], in: [.question, .wideQuestion, .observation, .wideObservation], .now, "done",
      "give the chosen answers, where several are right; open the chosen row"),
    Binding(.sure, ["1", "2", "3"], in: [.confidence], .now, "how sure", "1 a guess, 2 fairly sure, 3 sure"),
    Binding(.answer, ["a", "b", "c", "d"], in: [.bench], .now, "move", "make a move"),
    Binding(.answer, ["a", "b", "c", "d", "e", "f"], in: [.wideBench], .now, "move", "make a move"),
    Binding(.hint, ["H"], in: [.bench, .wideBench], .now, "hint", "a hint: three at most"),
    Binding(.showSolution, ["v"], in: [.bench, .wideBench], .now, "solution", "see the solution done"),
    Binding(
      .stepBack, [.backspace], in: lessonModes.subtracting(backward), .now, "look back",
      "look one event back; the sockets stay live"),
    Binding(.stepBack, [.backspace], in: backward, .now, "back", "one event back"),
    Binding(.backToLive, ["."], in: [.past], .now, "live", "back to live"),
    Binding(.runFree, ["F"], in: lessonModes, .now, "run free", "let held records go by themselves, or hold"),
    Binding(
      .goFast, [">"], in: lessonModes, .now, "fast",
      "pass over texts, or not: after two right and sure predictions"),
    Binding(.replay, ["r"], in: lessonModes, .now, "replay", "show the events again from the first"),
    Binding(.replay, ["r"], in: [.replay], .now, "first", "from the first event again"),
    Binding(.stepBefore, ["P"], in: walked, .now, "step before", "look back to where a step began"),
    Binding(.stepAfter, ["N"], in: backward, .now, "step after", "where the next step began"),
    Binding(.firstEvent, [.home], in: backward, .now, "first event", "the first event"),
    Binding(.lastEvent, [.end], in: backward, .now, "last event", "the last event"),
    Binding(.restart, ["R"], in: lessonModes, .now, "restart", "start the lesson anew (asks first)"),
    Binding(.nextCard, ["."], in: [.card], .now, "next", "the next error"),
    Binding(.previousCard, [","], in: [.card], .now, "previous", "the error before"),
    Binding(.open, [.enter], in: [.demo], .now, "detail", "all about the chosen connection"),
    Binding(
      .trustSteps, ["t"], in: [.demo], .now, "trust", "how to make a browser trust the lab, and undo it"),
    Binding(.certificate, ["c"], in: [.demo], .now, "certificate", "the certificate we show, in full"),
    Binding(
      .keepRunning, ["K"], in: [.demo], .now, "keep", "keep the servers running when you leave, or not"),
    Binding(
      .sandbox, ["o"], in: lessonModes.union([.catalog, .card]), .now, "sandbox",
      "the sandbox: set up anything, and break it"),
    Binding(.demo, ["D"], in: lessonModes.union([.catalog]), .now, "demo", "the HTTPS demo for your browser"),
    Binding(.open, [.enter], in: [.palette], .now, "do it", "do what is chosen"),
    Binding(.open, [.enter], in: [.typing], .now, "done", "keep what was typed"),
    Binding(.confirm, ["y", .enter], in: [.restartDialog, .quitDialog, .reviewDialog], .now, "yes", "yes"),
    Binding(.transcript, ["t"], in: [.saveDialog], .now, "text", "save a transcript to read"),
    Binding(.json, ["j"], in: [.saveDialog], .now, "JSON", "save every event as JSON lines"),
    Binding(.handout, ["h"], in: [.saveDialog], .now, "hand-out", "save a hand-out to print"),
    Binding(
      .pcapng, ["w"], in: [.saveDialog], .now, "pcapng", "save packets for Wireshark, with their secrets"),
  ]

  private static let moving: [Binding] = [
    Binding(
      .nextPane, [.tab], in: paned, .move, "pane", "the next pane"),
    Binding(.previousPane, [.backTab], in: paned, .move, "pane before", "the pane before"),
    Binding(.up, [.up, "k"], in: screens, .move, "up", "up"),
    Binding(.down, [.down, "j"], in: screens, .move, "scroll", "down"),
    Binding(.up, [.up], in: [.palette], .move, "up", "up"),
    Binding(.down, [.down], in: [.palette], .move, "choose", "down"),
    Binding(.left, [.left, "h"], in: [.catalog], .move, "left", "the pane to the left"),
    Binding(.right, [.right, "l"], in: [.catalog], .move, "right", "the pane to the right"),
    Binding(.left, [.left, "h"], in: walked, .move, "before", "ladder and wire: the connection before"),
    Binding(.right, [.right, "l"], in: walked, .move, "after", "ladder and wire: the connection after"),
    Binding(.pageDown, [.pageDown, .control("d")], in: screens, .move, "page", "a page down"),
    Binding(.pageUp, [.pageUp, .control("u")], in: screens, .move, "page up", "a page up"),
    Binding(.top, ["g", .home], in: screens.subtracting(backward), .move, "top", "to the first line"),
    Binding(.bottom, ["G", .end], in: screens.subtracting(backward), .move, "bottom", "to the last line"),
    Binding(.top, ["g"], in: backward, .move, "top", "to the first line"),
    Binding(.bottom, ["G"], in: backward, .move, "bottom", "to the last line"),
    Binding(.pane1, ["1"], in: [.catalog], .move, "1", "pane 1: tracks"),
    Binding(.pane2, ["2"], in: [.catalog], .move, "2", "pane 2: lessons"),
    Binding(.pane3, ["3"], in: [.catalog], .move, "3", "pane 3: about the chosen lesson"),
    Binding(.pane1, ["1"], in: panesByDigit, .move, "1", "pane 1: the plain pair"),
    Binding(.pane2, ["2"], in: panesByDigit, .move, "2", "pane 2: the TLS pair"),
    Binding(.pane3, ["3"], in: panesByDigit, .move, "3", "pane 3: connections, as the kernel sees them"),
    Binding(.pane4, ["4"], in: panesByDigit, .move, "4", "pane 4: the ladder of messages"),
    Binding(.pane5, ["5"], in: panesByDigit, .move, "5", "pane 5: the bytes on the wire"),
    Binding(.pane6, ["6"], in: panesByDigit, .move, "6", "pane 6: the lesson's text and questions"),
    Binding(.pane7, ["7"], in: panesByDigit, .move, "7", "pane 7: errors"),
    Binding(.pane1, ["1"], in: [.demo], .move, "1", "pane 1: the address to open"),
    Binding(.pane2, ["2"], in: [.demo], .move, "2", "pane 2: connections from browsers"),
    Binding(.pane3, ["3"], in: [.demo], .move, "3", "pane 3: what they sent"),
    Binding(.pane4, ["4"], in: [.demo], .move, "4", "pane 4: what we sent"),
    Binding(.zoom, ["z"], in: paned, .move, "zoom", "this pane alone on the screen, and back"),
    Binding(.grow, ["+"], in: walked, .move, "grow", "more rows for this pane"),
    Binding(.shrink, ["-"], in: walked, .move, "shrink", "fewer rows for this pane"),
  ]

  /// While it is asked how sure, digits say that; while a number is asked, they make it.
  private static let panesByDigit = walked.subtracting([.confidence, .numberQuestion])

  private static let looking: [Binding] = [
    Binding(
      .open, [.enter], in: [.lesson, .confidence, .bench, .wideBench, .past, .replay], .look, "open",
      "open the chosen row: its ladder and bytes, or the card of an error"),
    Binding(
      .open, [.enter], in: [.result], .look, "catalog", "back to the catalog; in the errors pane, the card"),
    Binding(
      .explainError, ["e"], in: narrow.union([.demo, .sandbox]), .look, "errors", "explain the newest error"),
    Binding(.errorList, ["E"], in: walked.union([.sandbox]), .look, "all errors", "the list of errors"),
    Binding(
      .rawHex, ["x"], in: walked.union([.sandbox]), .look, "hex", "bytes with names, or sixteen to a row"
    ),
    Binding(
      .filter, ["f"], in: narrow.union([.sandbox]), .look, "filter",
      "connections: only rows with a word in them"),
    Binding(
      .messages, ["M"], in: lessonModes.union([.catalog]), .look, "messages",
      "netlab preview: what is wrong in the file"),
    Binding(.showBytes, ["w"], in: [.card], .look, "bytes", "the bytes of this connection"),
    Binding(.showLadder, ["l"], in: [.card], .look, "ladder", "the ladder of this connection"),
  ]

  private static let taking: [Binding] = [
    Binding(.copy, ["y"], in: walked.union([.sandbox]), .take, "copy", "copy the pane as text"),
    Binding(.copy, ["y"], in: [.card, .page], .take, "copy", "copy the text"),
    Binding(.copy, ["y"], in: [.demo], .take, "copy URL", "copy the address to open"),
    Binding(
      .copyCommand, ["Y"], in: walked.union([.card, .demo, .page, .sandbox]), .take, "as command",
      "copy a shell command that shows the same"),
    Binding(.save, ["S"], in: walked, .take, "save", "save the run: text, events, a hand-out, packets"),
  ]

  private static let screen: [Binding] = [
    Binding(.mouse, ["m"], in: screens, .screen, "mouse", "mouse on or off; Shift-drag selects while on"),
    Binding(.ascii, ["A"], in: screens, .screen, "ASCII", "draw with ASCII characters only, or not"),
    Binding(
      .theme, ["T"], in: screens, .screen, "theme", "colours: auto, dark, light or mono"),
    Binding(.redraw, [.control("l")], in: all, .screen, "redraw", "draw the screen anew"),
    Binding(.suspend, [.control("z")], in: all, .screen, "suspend", "back to the shell; fg returns"),
  ]
}
