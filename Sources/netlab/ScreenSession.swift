import Foundation
import LabCanvas
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabScreen
import LabViews

/// The lab on the full screen: one thread, keys in, pictures out. Everything that happens in the lab comes
/// through the mailbox; everything a person wants goes out as intents.
struct ScreenSession {
  private let session: Session
  private let options: ScreenOptions
  private let ascii: Bool

  /// News of the lab are drawn at most this often; a key is drawn at once.
  private static let frame = Duration.milliseconds(33)

  init(_ session: Session, options: ScreenOptions, ascii: Bool) {
    self.session = session
    self.options = options
    self.ascii = ascii
  }

  func run() throws {
    guard let wake = Wake() else { throw Exit.unable }
    let mailbox = Mailbox(wake: wake)
    let screen: Screen
    do { screen = try Screen(options) } catch {
      Machine.complain("\(error)")
      throw Exit.unable
    }
    // The first picture needs nothing of the lab, and of the lessons little; the rest comes when that is drawn.
    let model = session.firstModel(ascii: ascii || !screen.usesUnicode)
    screen.present(AppScreen.render(model, session.firstSnapshot, size: screen.size))
    let session = session.filled()
    let lab = session.backstage(mailbox)
    var loop = ScreenLoop(
      screen: screen, lab: lab, mailbox: mailbox, wake: wake, model: model, snapshot: session.firstSnapshot)
    let starting = Task.detached { await lab.start() }
    let watching = (lab as? LabRuntime).flatMap { session.watched?.watch($0) }
    let ending = loop.run(frame: ScreenSession.frame)
    watching?.cancel()
    let said = screen.stop()
    Waiting.wait {
      await starting.value
      await lab.shutDown()
    }
    if !said.isEmpty { Machine.complain(said) }
    if case .signal(let number) = ending {
      // Ends as the signal wants it, now that the terminal is whole: the shell sees why.
      signal(number, SIG_DFL)
      raise(number)
    }
  }
}

/// The loop of the terminal's thread.
private struct ScreenLoop {
  enum Ending {
    case quit
    case signal(Int32)
  }

  let screen: Screen
  let lab: any Backstage
  let mailbox: Mailbox
  let wake: Wake
  var model: AppModel
  var snapshot: LabSnapshot
  private var lastDrawn = ContinuousClock.now
  private var ending: Ending?
  /// The person has asked the lab for something: its next news are drawn at once.
  private var owesAnswer = false
  /// The lab has told of itself.
  private var hasHeard = false
  /// Intents sent to the lab.
  private var sent = 0
  /// Keys pressed before the lab has answered the one before: what they mean depends on its answer.
  private var keysAhead: [Key] = []

  /// A key that is held down while the lab is busy is not worth more.
  private static let mostKeysAhead = 256

  init(
    screen: Screen, lab: any Backstage, mailbox: Mailbox, wake: Wake, model: AppModel, snapshot: LabSnapshot
  ) {
    self.screen = screen
    self.lab = lab
    self.mailbox = mailbox
    self.wake = wake
    self.model = model
    self.snapshot = snapshot
  }

  mutating func run(frame: Duration) -> Ending {
    var isStale = false
    while true {
      // A picture that waits for its frame bounds the sleep; otherwise there is nothing to wake up for.
      let patience = isStale ? max(0, (frame - (.now - lastDrawn)).milliseconds) : nil
      var isUrgent = false
      for event in screen.poll(wake, milliseconds: patience) {
        switch event {
        case .wake:
          isStale = takeMail() || isStale
          isUrgent = isUrgent || (isStale && owesAnswer)
        case .key, .resized, .resumed:
          isUrgent = true
          take(event)
        case .suspended, .hangup, .terminate: take(event)
        }
      }
      if let ending { return ending }
      if isUrgent || (isStale && .now - lastDrawn >= frame) {
        draw()
        owesAnswer = owesAnswer && !isStale
        isStale = false
      }
    }
  }

  mutating func draw() {
    lastDrawn = .now
    screen.present(AppScreen.render(model, snapshot, size: screen.size))
  }

  private mutating func takeMail() -> Bool {
    guard let newer = mailbox.take() else { return false }
    snapshot = newer
    hasHeard = true
    model.follow(newer)
    while isAnswered, !keysAhead.isEmpty, ending == nil { handle(keysAhead.removeFirst()) }
    return true
  }

  private mutating func take(_ event: ScreenEvent) {
    switch event {
    // The way out waits for nobody.
    case .key(let key) where isAnswered || key == .control("c"): handle(key)
    case .key(let key): if keysAhead.count < ScreenLoop.mostKeysAhead { keysAhead.append(key) }
    case .resized, .resumed, .suspended, .wake: break
    case .hangup: ending = .signal(SIGHUP)
    case .terminate(let number): ending = .signal(number)
    }
  }

  /// Before its first word nothing is known of what was done in earlier days: Enter goes on there, or begins anew.
  private var isAnswered: Bool { hasHeard && snapshot.intentsTaken >= sent }

  private mutating func handle(_ key: Key) {
    for command in model.handle(key, snapshot, size: screen.size) { perform(command) }
  }

  private mutating func perform(_ command: AppCommand) {
    switch command {
    case .intent(let intent):
      owesAnswer = true
      sent += 1
      lab.send(intent)
    case .redraw: screen.redraw()
    case .suspend: screen.suspend()
    case .quit: ending = .quit
    case .setMouse(let on): screen.setMouse(on)
    case .setTheme(let theme): screen.use(Appearance.theme(theme))
    case .copy(let text, let what):
      model.tell(Clipboard.tell(what, inTerminal: screen.copy(text), text: text))
    case .save(let export): model.tell(Exporter.save(export, of: lab))
    case .saveLesson: model.tell(LessonSaver.save(snapshot))
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
