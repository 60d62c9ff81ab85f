import ArgumentParser
import Foundation
import LabFacts
import LabRuntime

struct CertsNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a certificate with its key, signed by the lab's CA.",
    discussion: """
      It always carries its names as subjectAltName, where browsers look for them.
      The lab's CA vouches for localhost, names below .test and loopback addresses only.
      """)

  @Option(
    help: ArgumentHelp(
      "A name it is for: shop.test, DNS:shop.test or IP:127.0.0.1. May be repeated.", valueName: "name"))
  var name: [String] = []
  @Option(help: ArgumentHelp("The folder for NAME.crt and NAME.key.", valueName: "dir"))
  var out: String = "."
  @Flag(name: .customLong("self-signed"), help: "Let it sign itself; nobody vouches for it.")
  var selfSigned = false
  @Flag(help: "Make it for a client.")
  var client = false
  @Option(
    name: .customLong("key-type"), help: ArgumentHelp("ec-p256, rsa-2048 or ed25519.", valueName: "type"))
  var keyType = IdentityDeclaration.KeyKind.p256.rawValue
  @Option(help: ArgumentHelp("How long it is valid; browsers allow 398.", valueName: "days"))
  var days = 397

  @OptionGroup var data: DataOption

  private static let keys = [IdentityDeclaration.KeyKind.p256, .rsa2048, .ed25519]

  func validate() throws {
    guard (1...36_500).contains(days) else { throw ValidationError("--days is a number from 1 to 36500.") }
    _ = try key()
  }

  func run() throws {
    var wish = CertificateDesk.Wish()
    (wish.names, wish.isSelfSigned, wish.isForClient, wish.days) = (name, selfSigned, client, days)
    wish.key = try key()
    let desk = try Desk.open(data)
    try Desk.told {
      let made = try desk.make(wish)
      let (certificate, key) = ("\(out)/\(made.name).crt", "\(out)/\(made.name).key")
      // Neither is written where one could not be.
      for path in [certificate, key] where NewFile.isThere(path) {
        throw UsageProblem(
          "\(Notation.escaped(path)) is there already and is not written over. Name another folder with --out."
        )
      }
      try makeFolder()
      try NewFile.write(made.key, to: key, mode: 0o600)
      try NewFile.write(made.certificate, to: certificate, mode: 0o644)
      print("\(certificate)\n\(key), readable for you alone")
      if let warning = made.warning { Machine.complain(warning) }
    }
  }

  private func makeFolder() throws(UsageProblem) {
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    } catch {
      throw UsageProblem(
        "The folder \(Notation.escaped(out)) could not be made: \(FileTrouble.reason(error)).")
    }
  }

  private func key() throws -> IdentityDeclaration.KeyKind {
    guard let key = CertsNew.keys.first(where: { $0.rawValue == keyType }) else {
      throw ValidationError(
        UsageProblem.unknown("type of key", keyType, among: CertsNew.keys.map(\.rawValue)).message)
    }
    return key
  }
}

struct CertsExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write an identity of the lab, with its key, as PEM or PKCS #12.",
    discussion: """
      A .p12 file in a browser is an identity to show, not something to trust: netlab certs trust tells about trust.
      """)

  @Argument(help: ArgumentHelp("An identity of the lab.", valueName: "name"))
  var name: String
  @Option(help: ArgumentHelp("Write key, certificate and chain as PEM.", valueName: "file"))
  var pem: String?
  @Option(help: ArgumentHelp("Write PKCS #12, as browsers import it.", valueName: "file"))
  var p12: String?
  @Option(
    name: .customLong("passphrase-file"),
    help: ArgumentHelp("The pass phrase for the key: the first line of this file.", valueName: "file"))
  var passphraseFile: String?
  @Flag(name: .customLong("no-passphrase"), help: "Leave the key of a PEM unencrypted.")
  var noPassphrase = false
  @OptionGroup var data: DataOption

  func validate() throws {
    guard (pem == nil) != (p12 == nil) else { throw ValidationError("Say --pem FILE or --p12 FILE.") }
    if noPassphrase, p12 != nil || passphraseFile != nil {
      throw ValidationError("--no-passphrase is for --pem, and alone.")
    }
  }

  func run() throws {
    let desk = try Desk.open(data)
    let path = pem ?? p12 ?? ""
    try Desk.told {
      if NewFile.isThere(path) {
        throw UsageProblem("\(Notation.escaped(path)) is there already and is not written over.")
      }
      guard desk.names.contains(name) else {
        throw UsageProblem.unknown("identity", name, among: desk.names)
      }
      let phrase = noPassphrase ? nil : try self.phrase()
      let bytes =
        try pem == nil ? desk.pkcs12(name, phrase: phrase ?? "") : desk.pem(name, phrase: phrase)
      try NewFile.write(bytes, to: path, mode: 0o600)
      print("\(path), readable for you alone")
    }
  }

  private func phrase() throws -> String {
    if let passphraseFile {
      let phrase = try Passphrase.firstLine(of: passphraseFile)
      guard !phrase.isEmpty else {
        throw UsageProblem(
          "The first line of \(Notation.escaped(passphraseFile)) is empty, and a key needs a pass phrase."
            + " For a PEM without one say --no-passphrase.")
      }
      return phrase
    }
    guard let first = Passphrase.ask(for: path), let second = Passphrase.ask(for: path + ", again") else {
      throw UsageProblem("There is no terminal to ask for a pass phrase: give --passphrase-file FILE.")
    }
    guard first == second, !first.isEmpty else {
      throw UsageProblem(first.isEmpty ? "The pass phrase is empty." : "The two pass phrases differ.")
    }
    return first
  }

  private var path: String { pem ?? p12 ?? "" }
}
