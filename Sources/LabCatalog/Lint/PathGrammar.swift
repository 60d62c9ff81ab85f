import LabCore
import LabFacts

/// Says whether a path can mean anything, before there is a run.
struct PathGrammar {
  /// What a subject is.
  enum Kind {
    /// A program of the machine.
    case program
    case server
    case client
    /// An end of either role: `here` in a card.
    case anyEnd
    case failure
  }

  let subjects: [String: Kind]

  init(_ lesson: Lesson) {
    subjects = Dictionary(
      lesson.actors.map {
        ($0.id.rawValue, $0.settings.program != nil ? .program : $0.role == .server ? .server : .client)
      },
      uniquingKeysWith: { first, _ in first })
  }

  /// The subjects of cards.
  init() {
    subjects = ["failure": .failure, "here": .anyEnd, "there": .anyEnd, "server": .anyEnd, "client": .anyEnd]
  }

  /// What is wrong with a full path; nothing where it is right.
  func trouble(_ path: String) -> String? {
    if path == "kernel.ephemeral_range" { return nil }
    guard let (subject, property) = Subject.split(path) else {
      return "`\(path)` is no path." + " Write subject.property: `srv.port`, `srv.conn(1).app.received`."
    }
    return trouble(subject, property)
  }

  /// What is wrong with a property of a subject.
  func trouble(_ property: String, of text: String) -> String? {
    if text == "kernel", property == "ephemeral_range" { return nil }
    guard let subject = Subject(text) else { return "`\(text)` names nobody." }
    return trouble(subject, property)
  }

  private func trouble(_ subject: Subject, _ name: String) -> String? {
    guard let kind = subjects[subject.actor.rawValue] else {
      return "There is no program `\(subject.actor)`."
        + DidYouMean.hint(for: subject.actor.rawValue, among: subjects.keys.sorted())
    }
    if kind == .failure {
      guard FailureProperty(rawValue: name) == nil else { return nil }
      return "A failure has no `\(name)`."
        + DidYouMean.hint(for: name, among: FailureProperty.allCases.map(\.rawValue))
    }
    guard let property = Property(rawValue: name) else {
      return "There is no property `\(name)`."
        + DidYouMean.hint(for: name, among: Property.allCases.map(\.rawValue))
    }
    if (kind == .program) != Property.ofPrograms.contains(property) {
      return kind == .program
        ? "`\(property.rawValue)` belongs to the lab's own ends, and `\(subject.text)` is a program."
        : "`\(property.rawValue)` belongs to a program that is run, and `\(subject.text)` is none."
    }
    switch kind {
    case .anyEnd, .failure, .program: return nil
    case .server where subject.which == .itself: return serverTrouble(property, subject)
    case .server, .client: return endTrouble(property, subject)
    }
  }

  private func serverTrouble(_ property: Property, _ subject: Subject) -> String? {
    guard !PathGrammar.serverProperties.contains(property) else { return nil }
    return "`\(property.rawValue)` belongs to a connection, and `\(subject.text)` is a server."
      + " Write `\(subject.text).conn(last)` or `\(subject.text).conn(1)`."
  }

  private func endTrouble(_ property: Property, _ subject: Subject) -> String? {
    guard PathGrammar.listenerProperties.contains(property) else { return nil }
    return "`\(property.rawValue)` belongs to a server that listens, and `\(subject.text)` is a connection."
  }

  /// Only a listener has them.
  private static let listenerProperties: Set<Property> = [
    .preferredPort, .backlog, .listening, .accepting, .connectionCount, .kernelBacklog,
  ]

  private static let serverProperties: Set<Property> = listenerProperties.union([
    .port, .host, .address, .tlsAddress, .transport, .kernelState, .kernelQueue, .errorKey, .errorPhase,
    .errorDecidedBy,
    .errorNumber, .errorReason, .errorVerify, .errorAlert, .errorText, .errorCount, .httpCount, .httpStatus,
    .httpTargets,
  ])
}

extension PathGrammar.Kind: Equatable {}
