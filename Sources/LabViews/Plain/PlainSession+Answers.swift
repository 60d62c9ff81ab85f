import LabCatalog
import LabCore
import LabFacts

extension PlainSession {
  mutating func inCatalog(_ given: String, _ snapshot: LabSnapshot) -> PlainReply {
    let typed = given.lowercased()
    switch typed {
    case "d", "demo":
      (place, demoAnnounced, visitorsSeen) = (.demo, false, 0)
      return PlainReply(intents: snapshot.demo == nil ? [.startDemo] : [])
    case "o", "sandbox": return enterSandbox()
    case "", "l", "list":
      listed = false
      return PlainReply()
    case "r", "review": return startReview(snapshot)
    case "c", "check", "test": return startTest(snapshot)
    case "results": return PlainReply(text: TestText.lines(snapshot.catalog, snapshot.progress))
    case "path": return PlainReply(text: PlainText.paths(snapshot))
    case "questions": return PlainReply(text: PlainText.questions(snapshot.catalog))
    case "beliefs": return PlainReply(text: LedgerText.lines(snapshot.catalog, snapshot.progress))
    case "b", "back": return PlainReply(text: ["This is the top. q quits."])
    default: break
    }
    if let wanted = PlainSession.searched(given) { return search(wanted, snapshot) }
    let isAnew = typed.hasSuffix(" anew")
    let name = isAnew ? String(typed.dropLast(5)).trimmed : typed
    guard let lesson = lesson(name, snapshot.catalog) else {
      return PlainReply(text: ["There is no lesson \(given.safe)."])
    }
    return open(lesson, isAnew: isAnew, snapshot)
  }

  /// Goes on where the lesson was left, unless it is to begin at its first step.
  private mutating func open(_ lesson: Lesson, isAnew: Bool = false, _ snapshot: LabSnapshot) -> PlainReply {
    enterLesson()
    let advice = CatalogAbout.advice(lesson, snapshot).map { [$0] } ?? []
    if !isAnew, let left = Resumption(snapshot.progress.lessons[lesson.id], steps: lesson.steps.count) {
      return PlainReply(
        intents: [.resumeLesson(lesson.id)],
        text: ["Going on with \(lesson.code), \(lesson.title), at step \(left.target + 1)."])
    }
    return PlainReply(
      intents: [.openLesson(lesson.id)], text: ["Opening \(lesson.code), \(lesson.title)."] + advice)
  }

  /// By its number in the list, its code or its id.
  private func lesson(_ typed: String, _ catalog: Catalog) -> Lesson? {
    guard let number = Int(typed) else { return catalog.lesson(typed) }
    let lessons = PlainText.listed(catalog)
    return lessons.indices.contains(number - 1) ? lessons[number - 1] : nil
  }

  mutating func inDemo(_ typed: String, _ snapshot: LabSnapshot) -> PlainReply {
    switch typed {
    case "b", "back":
      let stops = snapshot.demo?.keepsRunning != true
      enterCatalog()
      return PlainReply(intents: stops ? [.stopDemo] : [])
    case "t", "trust": return PlainReply(text: snapshot.demo.map(PlainText.trust) ?? [])
    case "e": return PlainReply(text: PlainText.newestCard(snapshot.demo?.lab, snapshot.catalog))
    case "": return PlainReply()
    default: return PlainReply(text: ["\(typed.safe) means nothing here."])
    }
  }

  mutating func inLesson(_ given: String, _ snapshot: LabSnapshot) -> PlainReply {
    if given.lowercased() == "messages", let preview = snapshot.preview {
      return PlainReply(text: [preview.notice] + MessagesPage.lines(preview))
    }
    guard let run = snapshot.run else { return PlainReply() }
    if let seen = look(given.lowercased(), snapshot) { return seen }
    switch given.lowercased() {
    case "b", "back", "leave":
      enterCatalog()
      return PlainReply(intents: [.closeLesson])
    case "o", "sandbox": return enterSandbox()
    case "restart":
      // Until it has begun there is no run, and that is not the end of the lesson.
      enterLesson()
      return PlainReply(intents: [.restart])
    case "h", "hint": return hint(run)
    case "past":
      guard run.result != .completed else {
        return PlainReply(text: ["The lab was cleared at the end: there is no past to look at."])
      }
      return PlainReply(intents: [.stepBack])
    case "fast" where run.offersFast: return PlainReply(intents: [.goFast(true)])
    case "slow" where run.goesFast: return PlainReply(intents: [.goFast(false)])
    default: return reply(to: run.awaiting, given, run, snapshot)
    }
  }

  private func hint(_ run: LessonRun) -> PlainReply {
    run.offersHint ? PlainReply(intents: [.hint]) : PlainReply(text: [run.noHint])
  }

  private mutating func reply(
    to awaiting: Awaiting, _ given: String, _ run: LessonRun, _ snapshot: LabSnapshot
  ) -> PlainReply {
    let typed = given.lowercased()
    switch awaiting {
    case .advance, .release:
      return typed.isEmpty ? PlainReply(intents: [.advance]) : unknown(typed)
    case .facts(let what): return PlainReply(text: [WaitWords.still(what)])
    case .confidence:
      if typed.isEmpty { return PlainReply(intents: [.advance]) }
      guard let sure = Int(typed), (1...3).contains(sure) else { return unknown(typed) }
      return PlainReply(intents: [.confidence(sure)])
    case .answer(let question): return answer(question, given)
    case .move(let bench):
      if let number = Int(typed), bench.moves.indices.contains(number - 1) {
        return PlainReply(intents: [.move(bench.moves[number - 1].key)])
      }
      if let what = bench.labsTurn { return PlainReply(text: [WaitWords.still(what)]) }
      if typed == "s" || typed == "skip" { return PlainReply(intents: [.skip]) }
      return typed == "solution" ? PlainReply(intents: [.showSolution]) : unknown(typed)
    case .finished: return afterEnd(typed, run, snapshot)
    }
  }

  private func answer(_ question: Question, _ given: String) -> PlainReply {
    if ["s", "skip"].contains(given.lowercased()) {
      guard question.kind == .observe else { return PlainReply(intents: [.skip]) }
      return PlainReply(text: ["What is to be observed cannot be left out. h tells where to look."])
    }
    switch question.answer(in: given) {
    case .keys(let keys): return PlainReply(intents: [.answer(keys)])
    case .advice(let text): return PlainReply(text: [text])
    case .unknown: return unknown(given)
    }
  }

  private mutating func afterEnd(_ typed: String, _ run: LessonRun, _ snapshot: LabSnapshot) -> PlainReply {
    switch typed {
    case "":
      enterCatalog()
      return PlainReply(intents: [.closeLesson])
    case "n", "next":
      guard let next = snapshot.catalog.lesson(after: run.lesson) else {
        return PlainReply(text: ["That was the last lesson."])
      }
      var reply = open(next, snapshot)
      reply.intents.insert(.closeLesson, at: 0)
      return reply
    default: return unknown(typed)
    }
  }

  private func unknown(_ typed: String) -> PlainReply {
    PlainReply(text: [typed.isEmpty ? "Please choose." : "\(typed.safe) means nothing here."])
  }
}

extension String {
  /// What was typed, fit to be printed again; with an ellipsis where it is cut.
  var safe: String { Notation.escaped(String(prefix(60))) + (count > 60 ? "..." : "") }
}
