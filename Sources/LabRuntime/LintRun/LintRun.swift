import Foundation
package import LabCatalog
import LabCore
import LabFacts

/// Lessons run again and again, in any order and side by side: what `netlab lint --run` adds to the rules.
package struct LintRun: Sendable {
  private let catalog: Catalog
  private let ids: [String]
  private let rounds: Int
  private let surroundings: LabRuntime.Surroundings

  /// So many lessons run at once.
  private static let width = 3

  /// `ids` are the lessons that are judged.
  package init(_ catalog: Catalog, _ ids: [String], rounds: Int, surroundings: LabRuntime.Surroundings) {
    (self.catalog, self.ids, self.rounds, self.surroundings) = (catalog, ids, rounds, surroundings)
  }

  /// What is wrong, by file and place. Takes a while.
  package func problems() async -> [AuthorProblem] {
    // Programs of the machine get folders in it; nothing may stay there. A browser's socket in it has a long path.
    let folder = NSTemporaryDirectory() + "/nl-\(UUID().uuidString.prefix(6))"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let before = ProcessInfo.processInfo.environment["TMPDIR"]
    setenv("TMPDIR", folder, 1)
    defer {
      if let before { setenv("TMPDIR", before, 1) } else { unsetenv("TMPDIR") }
      try? FileManager.default.removeItem(atPath: folder)
    }
    let first = Leftovers.look(in: folder)
    let record = await play()
    return (counted(record.findings) + left(since: first, folder, record)).sorted()
  }

  private struct Record: Sendable {
    var findings: [RunFinding] = []
    /// Paths of UNIX sockets, with the lesson's file.
    var paths: [String: String] = [:]

    mutating func add(_ other: Record) {
      findings += other.findings
      paths.merge(other.paths) { first, _ in first }
    }
  }

  private func play() async -> Record {
    let quiet = catalog.lessons.filter { $0.actors.allSatisfy { $0.settings.program == nil } }.map(\.id)
    let queue = RunQueue(ids, rounds: rounds, companions: quiet)
    return await withTaskGroup(of: Record.self) { group in
      for _ in 0..<LintRun.width { group.addTask { await work(queue) } }
      var all = Record()
      for await record in group { all.add(record) }
      return all
    }
  }

  /// One lab, one lesson after the other.
  private func work(_ queue: RunQueue) async -> Record {
    let lab = LabRuntime(catalog: catalog, surroundings: surroundings) { _ in }
    await lab.start()
    var record = Record()
    while let job = await queue.next() {
      let report = await lab.play(job.id, with: AutoPlayer())
      let facts = await lab.playedRun?.facts.map(\.fact) ?? []
      await queue.done(job)
      guard job.isJudged, let report else { continue }
      record.findings += RunJudge.findings(report, facts)
      for case .listening(_, let listening) in facts where listening.endpoint.isUnix {
        record.paths[listening.endpoint.host] = report.run.lesson.file
      }
    }
    await lab.shutDown()
    return record
  }

  /// Each finding once, with how often it came.
  private func counted(_ findings: [RunFinding]) -> [AuthorProblem] {
    Dictionary(grouping: findings, by: \.key).map { key, found in
      let detail = found.first.map { $0.detail.isEmpty ? "." : ": \($0.detail)" } ?? "."
      let text = key.message + detail
      return AuthorProblem(
        file: key.file, place: key.place, code: key.code,
        message: "In \(found.count) of \(rounds) runs: " + (text.hasSuffix(".") ? text : text + "."),
        help: LintRun.help[key.code] ?? "")
    }
  }

  private func left(since first: Leftovers, _ folder: String, _ record: Record) -> [AuthorProblem] {
    let now = Leftovers.look(in: folder)
    let file = ids.count == 1 ? catalog.lesson(ids[0])?.file ?? "lessons" : "lessons"
    func problem(_ file: String, _ message: String) -> AuthorProblem {
      AuthorProblem(file: file, place: .start, code: "L42", message: message, help: LintRun.help["L42"] ?? "")
    }
    var problems: [AuthorProblem] = []
    if now.sockets > first.sockets {
      problems.append(
        problem(file, "\(now.sockets - first.sockets) sockets are still open after the last run."))
    }
    problems += now.files.subtracting(first.files).sorted().map {
      problem(file, "The file \($0) is left behind.")
    }
    return problems
      + record.paths.filter { FileManager.default.fileExists(atPath: $0.key) }.map {
        problem($0.value, "The socket file \($0.key) is left behind.")
      }
  }

  private static let help = [
    "L40": "Expect only what is guaranteed; say how long it may take with `within_seconds`.",
    "L41": "Wait for what happens, not for time to pass; or raise `max_seconds` of `requires`.",
    "L42": "Everything a lesson opens must be closed when it ends.",
    "L43": "Use 127.0.0.1 or ::1.",
    "L44": "Make the wrong choice wrong in every run.",
  ]
}
