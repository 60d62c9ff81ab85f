import ArgumentParser
import Foundation

/// The command line: what was asked for, as a value. Each verb lives in a file of its own.
@main
struct Netlab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "netlab",
    abstract: "Learn how programs talk: plain and TLS, side by side, on real sockets.",
    discussion: """
      Without a verb netlab opens its screen with the catalog of lessons. Press ? there for the keys.
      Where there is no terminal to draw on, it goes on line by line, as with --plain.
      """,
    version: Version.text,
    subcommands: [
      LabCommand.self, RunCommand.self, ExportCommand.self, ReplayCommand.self, LessonsCommand.self,
      ReviewCommand.self,
      CheckCommand.self, ProgressCommand.self, LintCommand.self, NewCommand.self, PreviewCommand.self,
      DemoCommand.self,
      ServeCommand.self, ProxyCommand.self, ConnectCommand.self, ConnsCommand.self, CertsCommand.self,
      ExplainCommand.self, ScanCommand.self,
      HexdumpCommand.self, DoctorCommand.self,
    ],
    defaultSubcommand: LabCommand.self)

  static func main() {
    do {
      var command = try parseAsRoot()
      do { try command.run() } catch let mistake as ValidationError {
        Machine.complain(told(mistake, by: type(of: command)))
        Foundation.exit(Exit.unable.rawValue)
      }
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      Machine.complain(fullMessage(for: error))
      Foundation.exit(Exit.unable.rawValue)
    }
  }

  /// A mistake that a verb found while it ran. The parser is through with it, and would tell netlab's own usage.
  private static func told(_ mistake: ValidationError, by verb: any ParsableCommand.Type) -> String {
    let usage = usageString(for: verb)
    let words = usage.split(separator: " ").prefix { !$0.hasPrefix("[") && !$0.hasPrefix("<") && $0 != "..." }
    return "Error: \(mistake.message)\nUsage: \(usage)\n"
      + "  See '\(words.joined(separator: " ")) --help' for more information."
  }
}

enum Version {
  static let number = "0.1.0"
  static let text = "netlab \(number)"
}

/// Exit codes, as the man page names them.
enum Exit {
  /// A lesson ran otherwise than its text tells, or the linter found errors.
  static let differed = ExitCode(1)
  /// Wrong use, or netlab could not start.
  static let unable = ExitCode(2)
}
