package import LabFacts

/// One scripted lesson, as its file tells it.
package struct Lesson: Equatable, Sendable {
  /// Stable for ever: progress is keyed by it, and the file is named for it.
  package var id: String
  /// The short name people say: `SP2`.
  package var code: String
  /// A track's id.
  package var track: String
  package var title: String
  /// The question a learner brings along.
  package var question: String
  package var minutes: Int
  /// 1 worked, 2 faded, 3 independent.
  package var level: Int
  package var seeds: [String]
  /// Ids of lessons that should come first. Advice, not a lock.
  package var needs: [String]
  package var teaches: [String]
  /// Ids of the beliefs it tests.
  package var beliefs: [String]
  package var requires: Requirements
  package var layout: Layout
  /// In the order of the file.
  package var actors: [ActorDeclaration]
  package var steps: [Step]
  /// Relative to the data folder.
  package var file: String
  /// Where each top-level key stands in the file.
  package var places: [String: Place]

  package init(
    id: String, code: String, track: String, title: String, question: String, minutes: Int = 5,
    level: Int = 1,
    seeds: [String] = [], needs: [String] = [], teaches: [String] = [], beliefs: [String] = [],
    requires: Requirements = Requirements(), layout: Layout = Layout(), actors: [ActorDeclaration] = [],
    steps: [Step] = [], file: String = "", places: [String: Place] = [:]
  ) {
    self.id = id
    self.code = code
    self.track = track
    self.title = title
    self.question = question
    self.minutes = minutes
    self.level = level
    self.seeds = seeds
    self.needs = needs
    self.teaches = teaches
    self.beliefs = beliefs
    self.requires = requires
    self.layout = layout
    self.actors = actors
    self.steps = steps
    self.file = file
    self.places = places
  }

  /// The declaration of one of its programs.
  package func actor(_ id: ActorID) -> ActorDeclaration? { actors.first { $0.id == id } }

  /// The programs shown on the left: as the file says, or the plain ones.
  package var leftActors: [ActorID] { layout.left ?? actors.filter { $0.transport == .plain }.map(\.id) }
  /// The programs shown on the right: as the file says, or those with TLS.
  package var rightActors: [ActorID] { layout.right ?? actors.filter { $0.transport == .tls }.map(\.id) }
}

extension Lesson {
  /// What a machine must offer for the lesson to run on it.
  package struct Requirements: Equatable, Sendable {
    package var maxSeconds: Int
    package var needs: MachineNeeds

    package init(maxSeconds: Int = 20, needs: MachineNeeds = MachineNeeds()) {
      self.maxSeconds = maxSeconds
      self.needs = needs
    }
  }

  /// Which program stands where on the screen. Absent fields leave it to the screen.
  package struct Layout: Equatable, Sendable {
    package var left: [ActorID]?
    package var right: [ActorID]?
    package var leftTitle: String?
    package var rightTitle: String?
    package var pane: Pane?
    /// The ladders of both halves side by side.
    package var contrast = false

    package init(
      left: [ActorID]? = nil, right: [ActorID]? = nil, leftTitle: String? = nil, rightTitle: String? = nil,
      pane: Pane? = nil
    ) {
      self.left = left
      self.right = right
      self.leftTitle = leftTitle
      self.rightTitle = rightTitle
      self.pane = pane
    }
  }

  /// A part of the lesson screen that a file can name.
  package enum Pane: String, Sendable, CaseIterable {
    case explain
    case ladder
    case wire
    case connections
    case errors
  }
}
