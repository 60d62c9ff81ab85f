import LabCanvas

extension KeyMap {
  /// The rows of the sandbox.
  static let sandbox: [Binding] = [
    Binding(.leave, ["q"], in: [.sandbox], .wayOut, "leave", "leave the sandbox; what was below comes back"),
    Binding(.back, [.escape], in: [.sandbox], .wayOut, "back", "undo a zoom, then one level up"),
    Binding(.back, [.escape], in: [.prediction], .wayOut, "cancel", "don't run"),
    Binding(
      .answer, ["a", "b", "c", "d"], in: [.prediction], .now, "predict", "what you expect; then it runs"),
    Binding(.skip, ["s"], in: [.prediction], .now, "skip", "run without a prediction"),
    Binding(.sandboxRun, [" "], in: [.sandbox], .now, "run", "run these programs on real sockets"),
    Binding(.open, [.enter], in: [.sandbox], .now, "edit", "edit a setting, put a fault in, compare a run"),
    Binding(
      .left, [.left, "h"], in: [.sandbox], .now, "previous", "the value before; the connection before"),
    Binding(
      .right, [.right, "l"], in: [.sandbox], .now, "next", "the next value; the next connection"),
    Binding(.faults, ["B"], in: [.sandbox], .now, "faults", "the faults of this pair"),
    Binding(
      .asksFirst, ["p"], in: [.sandbox], .now, "predict", "ask for a prediction before each run, or not"),
    Binding(.allSettings, ["a"], in: [.sandbox], .now, "all", "rare settings too, or everyday ones"),
    Binding(.difference, ["d"], in: [.sandbox], .now, "diff", "what differs from how it began"),
    Binding(.compare, ["c"], in: [.sandbox], .now, "compare", "the chosen run beside the one before it"),
    Binding(.saveLesson, ["s"], in: [.sandbox], .now, "save", "save the newest run as a lesson file"),
    Binding(.undo, ["u"], in: [.sandbox], .now, "undo", "take the newest change back"),
    Binding(.redo, [.control("r")], in: [.sandbox], .now, "redo", "make it again"),
    Binding(.pane1, ["1"], in: [.sandbox], .move, "1", "pane 1: settings"),
    Binding(.pane2, ["2"], in: [.sandbox], .move, "2", "pane 2: faults"),
    Binding(.pane3, ["3"], in: [.sandbox], .move, "3", "pane 3: connections, as the kernel sees them"),
    Binding(.pane4, ["4"], in: [.sandbox], .move, "4", "pane 4: the ladder of messages"),
    Binding(.pane5, ["5"], in: [.sandbox], .move, "5", "pane 5: the bytes on the wire"),
    Binding(.pane6, ["6"], in: [.sandbox], .move, "6", "pane 6: runs"),
    Binding(.pane7, ["7"], in: [.sandbox], .move, "7", "pane 7: errors"),
  ]
}
