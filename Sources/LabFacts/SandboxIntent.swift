/// What a person asks of the sandbox. Values are the words of lesson files; an empty one means "not said".
package enum SandboxIntent: Equatable, Sendable, Codable {
  /// Opens it on the open lesson's programs as they are by now, or on a fresh pair; with a program that is
  /// looked at first.
  case open(at: ActorID?)
  case close
  case set(ActorID, setting: String, to: String)
  /// Takes the next (1) or the previous (-1) of a setting's values.
  case turn(ActorID, setting: String, by: Int)
  /// Puts a fault in, or takes it out again.
  case fault(ActorID, String)
  /// What the person expects of the next run; nothing: they leave it open.
  case predict(String?)
  /// Ask for a prediction before each run, or not.
  case asksFirst(Bool)
  case run
  case undo
  case redo
}
