import ArgumentParser
import Foundation
import LabViews

/// `netlab hexdump`: bytes to look at.
struct HexdumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hexdump", abstract: "Show bytes as hexadecimal: 74:65:73:74.",
    discussion: "Without a text, or with -, it reads stdin to its end.")

  @Argument(help: ArgumentHelp("What to show; - reads stdin.", valueName: "text"))
  var text: String?

  @Flag(help: "Show rows with offset, bytes and text.")
  var canonical = false

  func run() {
    let bytes = text.flatMap { $0 == "-" ? nil : Array($0.utf8) } ?? StandardInput.once()
    guard canonical else { return print(ByteText.colons(bytes)) }
    for row in ByteText.rows(bytes) { print(row) }
  }
}
