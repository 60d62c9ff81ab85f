package import LabFacts

/// The identities of a data folder, without its lessons.
package enum IdentityFile {
  /// Reads `certs/pki.yaml`.
  package static func read(
    from source: FileSource
  ) -> (identities: [IdentityDeclaration], problems: [AuthorProblem]) {
    let log = ProblemLog(file: "certs/pki.yaml")
    switch source.read(log.file) {
    case .text(let text):
      let identities = YamlFile.root(text, log).map(IdentityReader.read) ?? []
      return (log.leavesOut ? [] : identities, log.leavesOut ? log.problems : [])
    case .missing:
      log.add("L01", at: .start, "The file is not there.", help: "A data folder needs it.")
    case .unreadable(let why):
      log.add("L01", at: .start, "The file can't be read: \(why).")
    }
    return ([], log.problems)
  }
}
