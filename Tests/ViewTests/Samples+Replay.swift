import LabCore
import LabFacts

@testable import LabCatalog

extension Samples {
  /// A saved run of the story, after some moves in it.
  static func replay(after intents: [Intent] = []) -> LabSnapshot {
    var source = Replay.Source(
      file: "run.jsonl", lesson: "sp2-port-hopping", title: "SP2 Port hopping", began: 1_795_767_641,
      engine: "OpenSSL 3.0.19")
    source.marks = [
      StepMark(after: 1, step: 1, phase: "RUN"), StepMark(after: 3, step: 2, phase: "PREDICT"),
      StepMark(after: 3, step: 3, phase: "RUN"), StepMark(after: 20, step: 4, phase: "OBSERVE"),
    ]
    var replay = Replay(source, story.facts, catalog)
    for intent in intents { replay.take(intent) }
    return replay.snapshot(catalog, LabSnapshot().environment)
  }
}
