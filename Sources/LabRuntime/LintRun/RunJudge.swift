import LabCatalog
import LabCore
import LabFacts

/// One thing that was not right in one run. What varies from run to run is kept apart, so that runs can be counted.
struct RunFinding: Hashable, Sendable {
  let file: String
  let place: Place
  let code: String
  let message: String
  let detail: String

  /// The same in every run.
  var key: RunFinding {
    RunFinding(file: file, place: place, code: code, message: message, detail: "")
  }
}

/// What one finished run says about its lesson: L40, L41, L43, L44.
enum RunJudge {
  static func findings(_ report: LessonReport, _ facts: [Fact]) -> [RunFinding] {
    outcome(report) + time(report) + addresses(facts, report.run) + choices(report.run)
  }

  private static func finding(
    _ code: String, _ lesson: Lesson, at place: Place, _ message: String, _ detail: String = ""
  ) -> RunFinding {
    RunFinding(file: lesson.file, place: place, code: code, message: message, detail: detail)
  }

  private static func outcome(_ report: LessonReport) -> [RunFinding] {
    let (run, lesson) = (report.run, report.run.lesson)
    let place = run.step?.place ?? .start
    if !report.passed {
      let said = report.mismatches.first?.sentence ?? "it did not come to its end"
      return [finding("L40", lesson, at: place, "Step `\(run.step?.id ?? "")` is not what happens", said)]
    }
    return run.missingPaths.map {
      finding("L40", lesson, at: .start, "A text asks for `\($0)`, which the lab does not know")
    }
  }

  private static func time(_ report: LessonReport) -> [RunFinding] {
    let lesson = report.run.lesson
    let limit = lesson.requires.maxSeconds
    guard report.milliseconds > limit * 1000 else { return [] }
    return [
      finding(
        "L41", lesson, at: lesson.places["requires"] ?? .start, "It takes longer than its \(limit) seconds",
        "\(report.milliseconds) ms")
    ]
  }

  private static func addresses(_ facts: [Fact], _ run: LessonRun) -> [RunFinding] {
    let lesson = run.lesson
    let touched = facts.flatMap { fact -> [Endpoint] in
      if case .listening(_, let listening) = fact { return [listening.endpoint] }
      if case .opened(_, let opening) = fact { return [opening.local, opening.peer] }
      if case .connecting(_, let connecting) = fact { return [connecting.to] }
      return []
    }
    let hosts = Set(touched.map(\.unmapped).filter { !isLoopback($0) }.map(\.host)).sorted()
    let place = lesson.places["actors"] ?? .start
    // A lesson about a listener on every address must have one, and says so at the program.
    let told = Set((lesson.actors + run.presentActors).compactMap(\.settings.host))
    let everywhere = told.intersection(["0.0.0.0", "::"])
    return hosts.filter { !everywhere.contains($0) }.map { host in
      finding("L43", lesson, at: place, "It uses the address \(host), which is no loopback one")
    }
  }

  private static func isLoopback(_ endpoint: Endpoint) -> Bool {
    endpoint.isUnix || endpoint.host == "::1" || endpoint.host == "localhost"
      || endpoint.host.hasPrefix("127.")
  }

  /// Filled from the run, a wrong choice must still say something else than the right one.
  private static func choices(_ run: LessonRun) -> [RunFinding] {
    var found: [RunFinding] = []
    var step: Step?
    var item = 0
    for entry in run.journal {
      if case .stepBegan(let id, _, _, _) = entry {
        (step, item) = (run.lesson.steps.first { $0.id == id }, 0)
      }
      guard case .asked(let question) = entry, let asked = step else { continue }
      let right = asked.rightKeys(item)
      item += 1
      let texts = Set(question.options.filter { right.contains($0.key) }.map(\.text))
      for option in question.options where !right.contains(option.key) && texts.contains(option.text) {
        found.append(
          finding(
            "L44", run.lesson, at: asked.place,
            "Choice \(option.key) of \(asked.name(ofQuestion: item)) says what the right one says",
            option.text))
      }
    }
    return found
  }
}

extension Step {
  /// A step, or one of its questions, from 1, where it has several: runs are counted by what is said of them.
  fileprivate func name(ofQuestion number: Int) -> String {
    if case .recall(let items) = kind, items.count > 1 { return "item \(number) of `\(id)`" }
    return "`\(id)`"
  }

  /// Keys of the right choices of its question, or of one of its questions.
  fileprivate func rightKeys(_ item: Int) -> [String] {
    let answering: Answering? =
      switch kind {
      case .predict(let prediction): prediction.answering
      case .observe(let observation): observation.answering
      case .recall(let items): items.indices.contains(item) ? items[item].answering : nil
      case .attempt(let bench): bench.rule?.answering
      case .say, .perform, .explain: nil
      }
    return answering?.choices.filter(\.correct).map(\.key) ?? []
  }
}
