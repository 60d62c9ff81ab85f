import ArgumentParser
import LabCatalog
import LabFacts
import LabRuntime
import LabViews

/// `netlab explain`: from an error somebody has read to its card.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain an error code, an alert, an errno or a line of a log.",
    discussion: """
      Codes of OpenSSL are told apart by their numbers: 140770FC, 0A00010B, or a whole line error:...
      x509:20, alert:48 and errno:111 name the rest, and so do their names: unknown_ca, ECONNREFUSED.
      A key or a title of a card shows that card; --list shows all keys.
      """)

  @Argument(help: ArgumentHelp("A code, a name, or a line in quotes.", valueName: "what"))
  var what: [String] = []

  @Flag(help: "List every card.")
  var list = false

  @OptionGroup var data: DataOption

  func validate() throws {
    if what.isEmpty != list {
      throw ValidationError("Name one error, such as x509:20, or say --list for all cards.")
    }
  }

  func run() throws {
    let catalog = try data.load().catalog
    if list {
      for code in FailureCode.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
        guard let card = catalog.card(for: code) else { continue }
        print("\(code.rawValue.padding(to: 28))\(card.title)")
      }
      return
    }
    let text = what.joined(separator: " ")
    guard let reading = ErrorReader.read(text, catalog) else { return try refuse(text, catalog) }
    for sentence in reading.sentences { print(sentence) }
    if !reading.sentences.isEmpty { print("") }
    print("Card \(reading.failure.code.rawValue)")
    for line in CardLines.whole(reading.failure, catalog) { print(line) }
  }

  private func refuse(_ text: String, _ catalog: Catalog) throws {
    let near = ErrorReader.nearest(to: text, catalog)
    let hint =
      near.isEmpty
      ? "netlab explain --list shows all cards."
      : "Did you mean " + near.joined(separator: ", or ") + "?"
    Machine.complain("Nothing is known about \"\(Notation.escaped(text))\". \(hint)")
    throw Exit.differed
  }
}
