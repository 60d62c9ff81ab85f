import LabCore
import LabFacts

/// The parts of a step that rules look at, whatever kind of step it is.
extension Step {
  /// A text that learners read.
  struct Text {
    let what: String
    let text: String
    let place: Place
  }

  var actions: [Action] {
    switch kind {
    case .perform(let performance): performance.actions
    case .attempt(let bench): bench.moves.flatMap(\.actions)
    case .say, .predict, .observe, .explain, .recall: []
    }
  }

  var conditions: [Condition] {
    let waited = actions.flatMap { action -> [Condition] in
      switch action.verb {
      case .waitFor(let condition, _): [condition]
      case .walk(let until): until
      case .start, .stop, .send, .request, .close, .pause, .accept, .hold, .open, .release, .carry, .set,
        .startTLS,
        .stopTLS, .hooks, .read, .fault, .decrypt, .run:
        []
      }
    }
    switch kind {
    case .perform(let performance): return waited + performance.expect
    case .attempt(let bench): return waited + bench.doneWhen
    case .say, .predict, .observe, .explain, .recall: return waited
    }
  }

  var order: [OrderEntry] {
    if case .perform(let performance) = kind { return performance.order }
    return []
  }

  var highlighted: [Subject] {
    if case .perform(let performance) = kind { return performance.highlight?.of ?? [] }
    return []
  }

  var cards: [FailureCode] {
    if case .explain(let refutation) = kind { return refutation.cards }
    return []
  }

  /// Beliefs it names, with the place.
  var beliefs: [(id: String, place: Place)] {
    switch kind {
    case .predict(let prediction):
      prediction.choices.compactMap { choice in choice.belief.map { ($0, choice.place) } }
        + (prediction.choices.isEmpty ? [prediction.belief].compactMap { $0.map { ($0, place) } } : [])
    case .observe(let observation):
      observation.choices.compactMap { choice in choice.belief.map { ($0, choice.place) } }
    case .explain(let refutation): refutation.forBelief.keys.sorted().map { ($0, place) }
    case .recall(let items): items.compactMap { item in item.belief.map { ($0, item.place) } }
    case .say, .perform, .attempt: []
    }
  }

  var texts: [Text] {
    switch kind {
    case .say(let text): [Text(what: "say", text: text, place: place)]
    case .predict(let prediction): question(prediction.ask, prediction.answering)
    case .perform(let performance): optional("note", performance.note)
    case .observe(let observation):
      question(observation.ask, observation.answering) + [
        Text(what: "wrong", text: observation.wrong, place: place)
      ]
    case .explain(let refutation):
      [Text(what: "say", text: refutation.say, place: place)] + optional("note", refutation.note)
        + refutation.forBelief.sorted { $0.key < $1.key }
        .map { Text(what: "for_belief \($0.key)", text: $0.value, place: place) }
        + refutation.forMove.sorted { $0.key < $1.key }
        .map { Text(what: "for_move \($0.key)", text: $0.value, place: place) }
    case .attempt(let bench):
      [Text(what: "goal", text: bench.goal, place: place)]
        + bench.moves.map { Text(what: "move \($0.key)", text: $0.text, place: $0.place) }
        + bench.hints.map { Text(what: "hint", text: $0, place: place) } + (bench.rule.map(recall) ?? [])
    case .recall(let items): items.flatMap(recall)
    }
  }

  private func question(_ ask: String, _ answering: Answering) -> [Text] {
    [Text(what: "ask", text: ask, place: place)] + texts(of: answering, place)
  }

  private func recall(_ item: RecallItem) -> [Text] {
    [Text(what: "ask", text: item.ask, place: item.place)] + texts(of: item.answering, item.place)
      + [Text(what: "why", text: item.why, place: item.place)]
  }

  private func texts(of answering: Answering, _ place: Place) -> [Text] {
    switch answering {
    case .pick(_, let choices):
      choices.map { Text(what: "choice \($0.key)", text: $0.text, place: $0.place) }
    case .number(let correct), .fill(_, let correct): [Text(what: "correct", text: correct, place: place)]
    case .order(let items): items.map { Text(what: "choice", text: $0, place: place) }
    case .point: []
    }
  }

  /// Everybody a question blanks or points at.
  var asked: [(subject: Subject, place: Place)] {
    switch kind {
    case .predict(let prediction): prediction.answering.subjects.map { ($0, place) }
    case .observe(let observation): observation.answering.subjects.map { ($0, place) }
    case .recall(let items): items.flatMap { item in item.answering.subjects.map { ($0, item.place) } }
    case .say, .perform, .explain, .attempt: []
    }
  }

  private func optional(_ what: String, _ text: String?) -> [Text] {
    text.map { [Text(what: what, text: $0, place: place)] } ?? []
  }
}

extension Action {
  /// Everybody it names.
  var subjects: [Subject] {
    switch verb {
    case .start(let actors, _, _), .stop(let actors), .pause(let actors), .accept(let actors):
      actors.compactMap { Subject($0.rawValue) }
    case .send(let subject, _), .request(let subject, _), .close(let subject, _), .release(let subject, _),
      .carry(let subject),
      .startTLS(let subject, _, _, _), .stopTLS(let subject), .read(let subject, _), .fault(let subject, _),
      .decrypt(let subject, _):
      [subject]
    case .hold(let subjects), .open(let subjects): subjects
    case .set(let actor, _), .hooks(let actor, _), .run(let actor, _):
      [Subject(actor.rawValue)].compactMap { $0 }
    case .walk, .waitFor: []
    }
  }

  /// What it says about a program: for its next start, or for a handshake.
  var settings: ActorSettings? {
    switch verb {
    case .set(_, let settings), .startTLS(_, _, let settings, _): settings
    case .start, .stop, .send, .request, .close, .pause, .accept, .hold, .open, .release, .carry, .walk,
      .waitFor,
      .stopTLS, .hooks, .read, .fault, .decrypt, .run:
      nil
    }
  }

  /// Identities it names beside a program's settings.
  var identities: [String] {
    if case .run(_, let run) = verb { return run.trust + [run.personal].compactMap { $0 } }
    if case .decrypt(_, let identity) = verb { return [identity] }
    return []
  }

  /// Programs it starts.
  var started: [ActorID] {
    if case .start(let actors, _, _) = verb { return actors }
    if case .run(let actor, _) = verb { return [actor] }
    return []
  }
}

extension Answering {
  fileprivate var subjects: [Subject] {
    switch self {
    case .pick, .number, .order: []
    case .fill(let field, _): [field.of]
    case .point(let target): [target.target]
    }
  }
}
