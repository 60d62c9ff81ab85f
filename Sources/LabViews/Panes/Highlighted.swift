import LabCatalog
import LabCore
import LabFacts

/// What the lesson points at now.
struct Highlighted {
  private let actors: Set<ActorID>
  private let ends: Set<EndID>

  init(_ context: PaneContext) { self.init(context.run?.highlight, context.lab) }

  init(_ highlight: Highlight?, _ lab: LabState) {
    let subjects = highlight?.of ?? []
    actors = Set(subjects.filter { $0.which == .itself }.map(\.actor))
    ends = Set(
      subjects.flatMap { subject in
        lab.servers[subject.actor] != nil && subject.which == .itself ? [] : lab.ends(of: subject).map(\.id)
      })
  }

  func has(actor: ActorID) -> Bool { actors.contains(actor) }
  func has(_ end: EndID?) -> Bool { end.map(ends.contains) ?? false }
}
