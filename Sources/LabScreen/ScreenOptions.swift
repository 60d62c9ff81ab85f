/// How the terminal is used.
package struct ScreenOptions: Sendable {
  /// Whether colour is used; `NO_COLOR` is honoured by choosing `never`.
  package enum Colour: String, Sendable, CaseIterable { case auto, always, never }

  package var colour = Colour.auto
  package var theme = Theme.automatic
  /// How long the rest of a key sequence may take to arrive after Esc. `ESCDELAY` overrides it.
  package var escapeDelayMilliseconds: Int32 = 25
  /// Where standard error goes while the screen is up; nil leaves it alone.
  package var errorLog: String?
  /// What a crash prints on the restored terminal, the signal's name following.
  package var crashMessage = "netlab crashed."
  /// The terminal's type; nil takes `TERM`.
  package var term: String?
  /// The locale that says how characters are encoded; empty is the environment's.
  package var locale = ""
  package var input: Int32 = 0
  package var output: Int32 = 1

  package init() {}
}
