import Foundation
import LabCatalog
import LabFacts
import LabRuntime
import LabScreen
import LabViews

/// The lab line by line: prints what is new, reads answers. Ends at `q` and at the end of input.
struct LineSession {
  private let session: Session
  private var plain: PlainSession
  private let firstIntent: Intent?
  /// Where input ends the lab goes on: `netlab demo </dev/null`.
  private let outlivesInput: Bool

  init(_ session: Session, _ plain: PlainSession, firstIntent: Intent? = nil, outlivesInput: Bool = false) {
    self.session = session
    self.plain = plain
    self.firstIntent = firstIntent
    self.outlivesInput = outlivesInput
  }

  func run() throws {
    guard let wake = Wake() else { throw Exit.unable }
    let mailbox = Mailbox(wake: wake)
    let lab = session.backstage(mailbox)
    Waiting.wait { await lab.start() }
    if let firstIntent { lab.send(firstIntent) }
    let watching = (lab as? LabRuntime).flatMap { session.watched?.watch($0) }
    var plain = plain
    var latest = session.firstSnapshot
    let input = LineInput(wake: wake)
    var isReading = true
    var typed: [String] = []
    // Between a wish and the lab's answer to it there is nothing to ask: the old question would come again.
    var sent = firstIntent == nil ? 0 : 1
    var isAnswered: Bool { latest.intentsTaken >= sent }
    show(plain.lines(for: latest))
    loop: while true {
      for event in input.wait(readsInput: isReading) {
        switch event {
        case .wake:
          if let snapshot = mailbox.take() { latest = snapshot }
        case .line(let text): typed.append(text)
        case .end: isReading = false
        case .stop: break loop
        }
      }
      if isAnswered { show(plain.lines(for: latest)) }
      while plain.takesLines(latest, isAnswered: isAnswered) {
        guard !typed.isEmpty else {
          if isReading || outlivesInput { break }
          break loop
        }
        let reply = plain.handle(line: typed.removeFirst(), latest)
        show(reply.text)
        if reply.savesLesson { show([LessonSaver.save(latest)]) }
        for intent in reply.intents { lab.send(intent) }
        sent += reply.intents.count
        if reply.quit { break loop }
        // A saved run answers at once: of many lines that come together, each is about the moment before it.
        if let snapshot = mailbox.take() { latest = snapshot }
        if isAnswered { show(plain.lines(for: latest)) }
      }
    }
    watching?.cancel()
    Waiting.wait { await lab.shutDown() }
  }

  private func show(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }
}
