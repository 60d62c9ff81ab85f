import Foundation
import Testing

/// `netlab certs` with real files.
@Suite struct CertsTests {
  @Test func `a new key is its owner's alone, and is never written over`() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.state.path + "/new"
    let arguments = ["certs", "new", "--name", "shop.test", "--out", folder]
    let first = try PipedProgram(program, arguments).finish()
    #expect(first.status == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/shop.test.key")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let key = FileManager.default.contents(atPath: folder + "/shop.test.key")
    let second = try PipedProgram(program, arguments).finish()
    #expect(second.status == 2)
    #expect(second.errors.contains("not written over"))
    #expect(FileManager.default.contents(atPath: folder + "/shop.test.key") == key)
  }

  @Test func `identities are listed with what is wrong, and shown with their card`() throws {
    let list = try PipedProgram.call("certs")
    #expect(list.status == 0)
    #expect(list.output.contains(/\nexpired +until [0-9-]+  expired\n/))
    let shown = try PipedProgram.call("certs", "show", "no-intermediate")
    #expect(shown.output.contains("netlab explain missing-intermediate"))
  }

  @Test func `an export asks for a phrase where there is none, and takes one of a file`() throws {
    let program = try Program()
    defer { program.remove() }
    let phrase = program.state.path + "/phrase"
    try Data("geheim\n".utf8).write(to: URL(fileURLWithPath: phrase))
    let file = program.state.path + "/a.p12"
    let without = try PipedProgram(program, ["certs", "export", "client-alice", "--p12", file]).finish()
    #expect(without.status == 2)
    #expect(without.errors.contains("--passphrase-file"))
    let with = try PipedProgram(
      program, ["certs", "export", "client-alice", "--p12", file, "--passphrase-file", phrase]
    ).finish()
    #expect(with.status == 0)
    #expect(FileManager.default.contents(atPath: file)?.first == 0x30)
  }

  @Test(arguments: [
    (["certs", "new", "--name", "d.test", "--out", "FILE"], "FILE could not be made: ", nil),
    (["certs", "new", "--name", "d.test", "--out", "/proc/x"], "/proc/x could not be made: ", nil),
    (["certs", "crl", "--revoke", "server", "--out", "/nodir/x"], "/nodir/x could not be written: ", nil),
    (
      ["certs", "crl", "--revoke", "server", "--out", "q.crl", "--pem"], "Leave out --pem.",
      "netlab certs crl"
    ),
    (["certs", "export", "server", "--pem", "q.pem", "--passphrase-file", "EMPTY"], "is empty", nil),
    (
      ["certs", "export", "server", "--pem", "q.pem", "--passphrase-file", "nofile"], "nofile can't be read",
      "netlab certs export"
    ),
    (["certs", "new", "--name", "d.test", "--days", "0"], "1 to 36500", "netlab certs new"),
    (["certs", "new", "--name", "d.test", "--key-type", "dsa"], "ec-p256", "netlab certs new"),
    (["proxy", "tcp:0"], "needs an OUT", "netlab proxy"),
  ])
  func `what can't be is told in a sentence, with the usage of its verb where that helps`(
    arguments: [String], complaint: String, verb: String?
  ) throws {
    let program = try Program()
    defer { program.remove() }
    let places = ["FILE": program.state.path + "/file", "EMPTY": program.state.path + "/empty"]
    for path in places.values { try Data().write(to: URL(fileURLWithPath: path)) }
    let result = try PipedProgram(program, arguments.map { places[$0] ?? $0 }).finish()
    let expected = complaint.replacing("FILE", with: places["FILE"] ?? "")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(expected), "\(result.errors)")
    #expect(!result.errors.contains("NSCocoa"))
    #expect(result.errors.contains("Usage: ") == (verb != nil), "\(result.errors)")
    if let verb {
      #expect(result.errors.contains("Usage: \(verb) "), "\(result.errors)")
      #expect(result.errors.contains("See '\(verb) --help'"), "\(result.errors)")
    }
  }

  @Test func `a list in a file is printed as PEM, and one that is overdue at once is told`() throws {
    let program = try Program()
    defer { program.remove() }
    let file = program.state.path + "/a.crl"
    let made = try PipedProgram(
      program, ["certs", "crl", "--revoke", "server", "--out", file, "--days", "0"]
    ).finish()
    #expect(made.status == 0)
    #expect(made.errors.contains("overdue"))
    let printed = try PipedProgram(program, ["certs", "crl", file, "--pem"]).finish()
    #expect(printed.status == 0)
    #expect(Data(printed.output.utf8) == FileManager.default.contents(atPath: file))
  }

  @Test func `a list says its age and what it revokes`() throws {
    let result = try PipedProgram.call("certs", "crl", "lab-crl-expired")
    #expect(result.status == 0)
    #expect(result.output.contains("30 days ago"))
    #expect(result.output.contains("overdue"))
  }
}
