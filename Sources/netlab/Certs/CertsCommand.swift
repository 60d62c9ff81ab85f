import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime

/// `netlab certs`: the lab's certificates.
struct CertsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certs", abstract: "List, show, make, export and revoke certificates of the lab.",
    subcommands: [
      CertsList.self, CertsShow.self, CertsNew.self, CertsExport.self, CertsRevoke.self, CertsTrust.self,
      CertsUntrust.self,
    ],
    defaultSubcommand: CertsList.self)
}

struct CertsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the lab's identities, and what is wrong with each.")

  @OptionGroup var data: DataOption

  func run() throws {
    let desk = try Desk.open(data)
    let width = (desk.names.map(\.count).max() ?? 0) + 2
    for name in desk.names {
      try Desk.told { print(CertificateWords.row(try desk.report(name), nameWidth: width)) }
    }
  }
}

struct CertsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show an identity of the lab, or the certificates of a file.")

  @Argument(help: ArgumentHelp("An identity of the lab, or a file in PEM.", valueName: "name"))
  var name: String

  @Flag(name: .customLong("text"), help: "Show all that OpenSSL reads in it.")
  var isWhole = false

  @OptionGroup var data: DataOption

  func run() throws {
    let catalog = try data.load().catalog
    let desk = try Desk.open(data)
    guard desk.names.contains(name) || FileManager.default.fileExists(atPath: name) else {
      Machine.complain(
        UsageProblem.unknown("identity or file", name, among: desk.names).message)
      throw Exit.unable
    }
    try Desk.told {
      if isWhole { return try desk.texts(name).forEach { print($0) } }
      for line in CertificateWords.lines(try desk.report(name), catalog) { print(line) }
    }
  }
}

/// What the verbs of certificates share.
enum Desk {
  static func open(_ data: DataOption) throws -> CertificateDesk {
    let identities = try data.loadLessons().catalog.identities
    return try told { try CertificateDesk(identities: identities, state: Machine.state, now: Machine.now()) }
  }

  /// Runs a body; what goes wrong is told in one sentence.
  @discardableResult
  static func told<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let failure as Failure {
      Machine.complain(failure.verbatim.first ?? failure.code.rawValue)
      Machine.complain("More: netlab explain \(failure.code.rawValue)")
      throw Exit.unable
    } catch let problem as UsageProblem {
      Machine.complain(problem.message)
      throw Exit.unable
    }
  }
}

/// Files that are made and never written over.
enum NewFile {
  /// Fails where a file of this name is there already.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws {
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw problem(path) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do { try handle.write(contentsOf: Data(bytes)) } catch {
      unlink(path)
      throw UsageProblem("\(Notation.escaped(path)) could not be written: \(FileTrouble.reason(error))")
    }
  }

  static func isThere(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path)) != nil
  }

  private static func problem(_ path: String) -> UsageProblem {
    if errno == EEXIST {
      return UsageProblem(
        "\(Notation.escaped(path)) is there already and is not written over. Name another, or remove it.")
    }
    return UsageProblem("\(Notation.escaped(path)) could not be made: \(String(cString: strerror(errno))).")
  }
}
