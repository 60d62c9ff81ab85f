import LabCore
import LabFacts

/// A run of the sandbox as a lesson file. Programs, actions and expectations are what the run had and showed;
/// texts that only an author can write say that they are to be replaced.
package struct SandboxLesson: Equatable, Sendable {
  package let id: String
  /// Below the data folder.
  package let path: String
  package let text: String

  /// Why a run can't be told as a lesson.
  package struct Refusal: Error, Equatable, Sendable {
    package let reason: String
  }

  /// Makes it of the newest run. `isTaken` knows files that exist.
  package static func make(
    _ state: SandboxState, _ catalog: Catalog, isTaken: (String) -> Bool
  ) throws(Refusal) -> SandboxLesson {
    guard let run = state.runs.last, let lab = run.lab, let outcome = run.outcome else {
      throw Refusal(reason: "Run it first: the lesson tells what a run showed.")
    }
    guard let end = lab.newestEnd(of: run.subject),
      outcome.server.flatMap({ lab.servers[$0] })?.listening != nil
    else {
      throw Refusal(
        reason: "In run \(run.number) \(run.subject) had no server to go to: nothing to tell yet.")
    }
    let track = catalog.lesson(state.origin).flatMap { catalog.track($0.track) } ?? catalog.tracks.first
    guard let track else { throw Refusal(reason: "The catalog has no track to put it in.") }
    let names = (90...999).lazy.map { number in
      (code: "\(track.code)\(number)", id: "\(track.code.lowercased())\(number)-from-the-sandbox")
    }
    let name = names.first { name in
      catalog.lesson(name.code) == nil && !isTaken("lessons/\(track.id)/\(name.id).yaml")
    }
    guard let name else { throw Refusal(reason: "Every code from \(track.code)90 on is taken.") }
    let body = SandboxLessonBody(run: run, outcome: outcome, end: end, lab: lab)
    return SandboxLesson(
      id: name.id, path: "lessons/\(track.id)/\(name.id).yaml",
      text: body.text(id: name.id, code: name.code, track: track.id, origin: state.origin))
  }
}
