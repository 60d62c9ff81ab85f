import ArgumentParser
import Foundation
import LabRuntime

/// `netlab conns`: the machine's TCP connections, with who chose each number.
struct ConnsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conns",
    abstract: "Show this machine's TCP connections, their four numbers, and who chose each.",
    discussion: """
      What the kernel's table shows is called seen; what follows from it is called concluded.
      Programs are named where you may look into them.
      """)

  @Argument(help: ArgumentHelp("Only sockets with this port at either end.", valueName: "port"))
  var port: Int?

  @Flag(help: "Show those in TIME-WAIT too.")
  var all = false

  @Flag(help: "Print one JSON object a line.")
  var json = false

  func validate() throws {
    if let port, !(1...65535).contains(port) {
      throw ValidationError("A port is a number from 1 to 65535.")
    }
  }

  func run() throws {
    guard let list = ConnectionList.read() else {
      Machine.complain(
        "This kernel does not tell its sockets: neither sock_diag nor /proc/net/tcp can be read.")
      throw Exit.unable
    }
    let rows = list.chosen(port: port, all: all)
    for line in json ? ConnectionWords.json(rows) : ConnectionWords.lines(rows, of: list) { print(line) }
  }
}
