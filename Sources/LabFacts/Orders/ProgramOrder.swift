/// A program of the machine that a lesson may run: a real one, not the lab's own.
package enum ProgramKind: String, Sendable, Codable, CaseIterable {
  case curl
  case chromium
  case openssl

  /// Its names in the search path, the usual one first.
  package var commands: [String] {
    switch self {
    case .curl, .openssl: [rawValue]
    case .chromium: ["chromium", "chromium-browser", "google-chrome"]
    }
  }
}

/// Everything needed to run a program once, to its end.
package struct ProgramOrder: Equatable, Sendable, Codable {
  package var kind: ProgramKind
  package var arguments: [String]
  /// Identities whose certificates it is told to trust.
  package var trust: [String]
  /// An identity it is given as its own: certificate and key.
  package var personal: String?
  /// How long it may run before it is killed.
  package var limitMilliseconds: Int

  package init(
    kind: ProgramKind, arguments: [String], trust: [String] = [], personal: String? = nil,
    limitMilliseconds: Int = ProgramOrder.longestMilliseconds
  ) {
    self.limitMilliseconds = limitMilliseconds
    self.kind = kind
    self.arguments = arguments
    self.trust = trust
    self.personal = personal
  }

  /// No program runs longer than this.
  package static let longestMilliseconds = 15_000
  /// Bytes kept of each of its outputs.
  package static let outputLimit = 64 * 1024

  /// As a person would type it.
  package var commandLine: String {
    let words = arguments.map(ProgramOrder.quoted)
    // OpenSSL's subcommand stands before everything else.
    let first = kind == .openssl ? 1 : 0
    return ([kind.rawValue] + words.prefix(first) + given + words.dropFirst(first)).joined(separator: " ")
  }

  /// Files it is given; a browser has them in its certificate store.
  private var given: [String] {
    let flags: (trust: String, own: String)
    switch kind {
    case .chromium: return []
    case .curl: flags = ("--cacert", "--cert")
    case .openssl: flags = ("-CAfile", "-cert")
    }
    return (trust.isEmpty ? [] : [flags.trust, trust.joined(separator: "+") + ".crt"])
      + (personal.map { [flags.own, "\($0).pem"] } ?? [])
  }

  private static func quoted(_ word: String) -> String {
    let plain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=@,[]".contains($0) }
    return plain && !word.isEmpty ? word : "'\(word)'"
  }
}

/// How a run of a program ended.
package struct ProgramEnd: Hashable, Sendable, Codable {
  package enum Manner: Hashable, Sendable, Codable {
    /// It ended by itself, with this exit code.
    case exit(Int)
    case signal(Int)
    /// It was killed when its time was over.
    case timeout
    /// It could not be started: an errno.
    case notStarted(Int)
  }

  package let manner: Manner
  package let output: Bytes
  package let errorOutput: Bytes
  package let milliseconds: Int

  package init(manner: Manner, output: Bytes, errorOutput: Bytes, milliseconds: Int) {
    self.manner = manner
    self.output = output
    self.errorOutput = errorOutput
    self.milliseconds = milliseconds
  }
}
