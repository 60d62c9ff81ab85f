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

  @Test func `a list says its age and what it revokes`() throws {
    let result = try PipedProgram.call("certs", "crl", "lab-crl-expired")
    #expect(result.status == 0)
    #expect(result.output.contains("30 days ago"))
    #expect(result.output.contains("overdue"))
  }
}
