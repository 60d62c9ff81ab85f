extension AppModel {
  /// Puts a word from outside into the status line, until the next key.
  package mutating func tell(_ words: String) { message = words }
}
