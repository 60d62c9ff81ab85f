import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime
import LabViews

/// `netlab demo`: the HTTPS demo without the screen.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Serve https://localhost:8443/ and tell of each connection.",
    discussion: "It listens on the loopback addresses only. Ctrl-C, or q and Enter, ends it.")

  @Flag(help: "Show how a browser or curl is told to trust the lab's CA, and how to undo it.")
  var trust = false

  @Option(help: "The port to ask for.")
  var port = 8443

  @OptionGroup var data: DataOption

  func validate() throws {
    guard (0...65535).contains(port) else {
      throw ValidationError("A port is a number from 0 to 65535; 0 lets the kernel choose.")
    }
  }

  func run() throws {
    let loaded = try data.load()
    if trust { return try showTrust(loaded.catalog) }
    var session = Session(catalog: loaded.catalog, folder: loaded.folder, problems: loaded.problems)
    session.demoPort = port
    try LineSession(session, PlainSession.atDemo, firstIntent: .startDemo, outlivesInput: true).run()
  }

  private func showTrust(_ catalog: Catalog) throws {
    do throws(Failure) {
      let demo = try TrustAnswer.demo(catalog, state: Machine.state, port: port, now: Machine.now())
      for line in PlainText.trustLines(demo) { print(line) }
    } catch {
      Machine.complain(error.verbatim.first ?? error.code.rawValue)
      throw Exit.unable
    }
  }
}
