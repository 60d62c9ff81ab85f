package import LabCore
package import LabFacts

/// How a question is answered, and what is right: `type:` in the file.
package enum Answering: Equatable, Sendable {
  /// One of the choices, or several where several are right.
  case pick(Picking, [Choice])
  /// A number is typed. Text may hold a path.
  case number(correct: String)
  /// A field of the wire that is blanked; its text is typed.
  case fill(BlankField, correct: String)
  /// Items in their right order; they are shown shuffled.
  case order([String])
  /// A row of a pane.
  case point(PointTarget)

  /// Kinds of questions that offer choices. Raw values are the words of the file.
  package enum Picking: String, Sendable, CaseIterable {
    case choice
    case multi
    case bool
    case teachBack = "teach-back"
  }

  package static let types =
    Picking.allCases.map(\.rawValue) + ["number", "fill", "order", "point"]

  /// The word of the file.
  package var type: String {
    switch self {
    case .pick(let picking, _): picking.rawValue
    case .number: "number"
    case .fill: "fill"
    case .order: "order"
    case .point: "point"
    }
  }

  /// What it offers; nothing where the answer is no choice.
  package var choices: [Choice] {
    if case .pick(_, let choices) = self { return choices }
    return []
  }

  /// May several be chosen?
  package var isMultiple: Bool {
    switch self {
    case .pick(.multi, _), .pick(.teachBack, _): true
    case .pick(.choice, let choices): choices.count(where: \.correct) > 1
    case .pick(.bool, _), .number, .fill, .order, .point: false
    }
  }

  /// Two choices: `a` is true, `b` is false. Whoever says the wrong one holds the belief.
  package static func bool(
    correct: Bool, belief: String? = nil, plausible: String? = nil, place: Place = .start
  ) -> Answering {
    .pick(
      .bool,
      [true, false].enumerated().map { index, says in
        let isRight = says == correct
        return Choice(
          key: Choice.key(at: index), text: says ? "true" : "false", correct: isRight,
          belief: isRight ? nil : belief, plausible: isRight ? nil : plausible, place: place)
      })
  }
}

/// A field of a message that a question blanks while it is open.
package struct BlankField: Equatable, Sendable {
  /// The end whose wire it is on.
  package var of: Subject
  /// The label of the field in the wire pane, such as `server name`, or a property of the end.
  package var path: String

  package init(of: Subject, path: String) {
    self.of = of
    self.path = path
  }
}

/// The row a question wants the cursor on.
package struct PointTarget: Equatable, Sendable {
  package var pane: Lesson.Pane
  package var target: Subject
  /// In the ladder: the message's name.
  package var message: String?
  package var direction: Direction?

  package init(pane: Lesson.Pane, target: Subject, message: String? = nil, direction: Direction? = nil) {
    self.pane = pane
    self.target = target
    self.message = message
    self.direction = direction
  }
}
