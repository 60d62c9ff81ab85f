import CNCurses
package import LabCanvas

/// The terminal, taken over. Belongs to the one thread that made it; there is one at a time.
package final class Screen {
  /// False in a locale that shows ASCII only: pictures then are drawn with `Glyphs.ascii`.
  package let usesUnicode: Bool
  let input: Int32
  let signals: Int32
  var keyboard = Keyboard()
  var painter: FramePainter
  /// Keys may be waiting inside curses, where `poll` can't see them.
  var hasMoreKeys = false
  /// Our own stop tells its end twice: by returning, and by the signal.
  var ignoresNextContinue = false
  /// The size the caller knows of.
  var toldSize = Size(0, 0)
  private var errorLog: ErrorLog?
  private var isRunning = true
  private let colour: ScreenOptions.Colour

  /// Takes the terminal over.
  package init(_ options: ScreenOptions = ScreenOptions()) throws(ScreenError) {
    guard !lab_is_running() else { throw .alreadyRunning }
    usesUnicode = lab_use_locale(options.locale)
    painter = FramePainter(usesUnicode: usesUnicode)
    input = options.input
    colour = options.colour
    if let path = options.errorLog { errorLog = try ErrorLog(path: path) }
    lab_set_crash_message(options.crashMessage)
    lab_rescue_prepare(options.output)
    signals = lab_catch_signals()
    guard signals >= 0 else { throw .noSignals }
    guard lab_start(options.term, options.input, options.output, options.escapeDelayMilliseconds) else {
      lab_release_signals()
      throw .terminalRefused(options.term ?? "TERM")
    }
    lab_rescue_learn()
    use(options.theme)
    toldSize = size
  }

  deinit { stop() }

  /// What a picture has to fill.
  package var size: Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    lab_size(&columns, &rows)
    return Size(Int(columns), Int(rows))
  }

  /// Shows a picture. Only what differs from the last one is sent.
  package func present(_ canvas: Canvas) {
    guard isRunning, painter.paint(canvas) else { return }
    lab_refresh(Int32(canvas.cursor?.x ?? -1), Int32(canvas.cursor?.y ?? -1))
  }

  /// Paints everything again, after something else wrote to the terminal.
  package func redraw() {
    if isRunning { lab_repaint() }
  }

  /// Changes the colours; shows with the next picture.
  package func use(_ theme: Theme) {
    guard isRunning else { return }
    Palette(theme: theme, colours: colour == .never ? 0 : lab_colours()).install()
    painter.forget()
  }

  /// Lets the terminal report clicks and the wheel. The terminal's own selection then needs Shift.
  package func setMouse(_ on: Bool) {
    if isRunning { lab_set_mouse(on) }
  }

  /// Gives the terminal back and stops the whole job, as Ctrl-Z is expected to: `make` and scripts that run
  /// the program stop too. Returns when it is continued, with the last picture painted again; `poll` tells a
  /// new size. Where no shell could continue the job nothing stops.
  package func suspend() {
    guard isRunning else { return }
    lab_leave()
    ignoresNextContinue = true
    lab_stop_job()
    resume()
  }

  /// Gives the terminal back for good. Returns what was written to standard error meanwhile.
  @discardableResult
  package func stop() -> String {
    guard isRunning else { return "" }
    isRunning = false
    lab_stop()
    lab_rescue_forget()
    lab_release_signals()
    return errorLog.take()?.finish() ?? ""
  }

  func resume() {
    lab_leave()
    adoptSize()
    lab_repaint()
  }

  /// Everything is painted again after a change, for terminals differ in what they leave standing.
  func adoptSize() {
    guard lab_adopt_size() else { return }
    painter.forget()
    lab_repaint()
  }
}
