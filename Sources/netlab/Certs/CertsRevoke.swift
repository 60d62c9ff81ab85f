import ArgumentParser
import Foundation
import LabFacts
import LabRuntime

struct CertsRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crl", abstract: "Show lists of revoked certificates, or make one.",
    discussion: """
      Without anything it shows the lab's own lists with their age. With --revoke and --out it makes a list;
      where the file holds a list of the same CA already, what that names stays revoked.
      """)

  @Argument(help: ArgumentHelp("A list of the lab, or a file.", valueName: "list"))
  var list: String?
  @Option(
    help: ArgumentHelp(
      "Revoke this: an identity of the lab, or a serial such as 10:04. May be repeated.", valueName: "what"))
  var revoke: [String] = []
  @Option(help: ArgumentHelp("Write the list here.", valueName: "file"))
  var out: String?
  @Option(
    help: ArgumentHelp("The CA whose list it is, where a serial alone does not tell.", valueName: "name"))
  var issuer: String?
  @Option(
    help: ArgumentHelp("Days until the next list is due; with 0 it is overdue at once.", valueName: "days"))
  var days = 30
  @Flag(help: "Print the list as PEM.")
  var pem = false
  @OptionGroup var data: DataOption

  func validate() throws {
    if !revoke.isEmpty, out == nil { throw ValidationError("Where to? Add --out FILE.") }
    if out != nil, list != nil { throw ValidationError("--out makes a list; name none to show.") }
    if out != nil, pem {
      throw ValidationError("--out writes its list as PEM anyway; --pem prints one. Leave out --pem.")
    }
    guard (0...3650).contains(days) else { throw ValidationError("--days is a number from 0 to 3650.") }
    if pem, list == nil { throw ValidationError("Which list? Name one of the lab's, or a file.") }
  }

  func run() throws {
    let desk = try Desk.open(data)
    try Desk.told {
      if let out { return try make(out, desk) }
      if pem, let list { return FileHandle.standardOutput.write(Data(try text(of: list, desk))) }
      try show(desk)
    }
  }

  private func make(_ path: String, _ desk: CertificateDesk) throws {
    let older = NewFile.isThere(path) ? path : nil
    let text = try desk.revoke(revoke, authority: issuer, keeping: older, days: days)
    do {
      // Whole or not at all: servers read it again when it changes.
      try Data(text).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw UsageProblem(
        "\(Notation.escaped(path)) could not be written: \(FileTrouble.reason(error)).")
    }
    print(path)
    try tell(try desk.lists(inFile: path))
    if days == 0 {
      Machine.complain("With --days 0 the list is overdue from now on: whoever checks it refuses everybody.")
    }
  }

  private func text(of list: String, _ desk: CertificateDesk) throws -> [UInt8] {
    if desk.lists.contains(where: { $0.name == list }) { return try desk.list(list) }
    try checkIsThere(list, desk)
    return try desk.list(inFile: list)
  }

  private func checkIsThere(_ file: String, _ desk: CertificateDesk) throws(UsageProblem) {
    guard NewFile.isThere(file) else {
      throw .unknown("list or file", file, among: desk.lists.map(\.name))
    }
  }

  private func show(_ desk: CertificateDesk) throws {
    let lists = desk.lists.filter { list == nil || $0.name == list }
    if let list, lists.isEmpty {
      try checkIsThere(list, desk)
      return try tell(try desk.lists(inFile: list))
    }
    for (name, summaries) in lists {
      print(name)
      try tell(summaries)
    }
  }

  private func tell(_ summaries: [RevocationSummary]) throws {
    for summary in summaries {
      for line in CertificateWords.lines(summary, now: Machine.now()) { print(line) }
    }
  }
}

struct CertsTrust: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Show how programs are told to trust the lab's CA; nothing is done.")
  @OptionGroup var data: DataOption

  func run() throws { try TrustPrinter.show(data, undo: false) }
}

struct CertsUntrust: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "untrust", abstract: "Show how that is taken back; nothing is done.")
  @OptionGroup var data: DataOption

  func run() throws { try TrustPrinter.show(data, undo: true) }
}

private enum TrustPrinter {
  static func show(_ data: DataOption, undo: Bool) throws {
    let desk = try Desk.open(data)
    print("CA file: \(TrustSteps.path(desk))")
    if !undo {
      for line in TrustGuide.preface(fingerprint: TrustSteps.fingerprint(desk)) { print(line) }
    }
    for guide in TrustSteps.all(desk, url: "https://localhost:8443/") {
      print("\n\(guide.title):")
      for (number, step) in (undo ? guide.undo : guide.steps).enumerated() {
        for (line, text) in step.split(separator: "\n").enumerated() {
          print((line == 0 ? "  \(number + 1)  " : "     ") + text)
        }
      }
    }
  }
}
