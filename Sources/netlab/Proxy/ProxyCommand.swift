import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime

/// `netlab proxy`: relays between any two connectors, as many as wanted.
struct ProxyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proxy", abstract: "Relay between connectors: tcp, tls, proxies, mail, stdio.",
    usage: "netlab proxy [options] <in> [<out>] [-- <in> [<out>]] ...",
    discussion: """
      IN is where clients come in: tcp:[HOST:]PORT tls:… unix:PATH udp:… stdio starttls:PROTO:PORT.
      IN that knows where to go, and takes no OUT: socks:PORT and connect:PORT, the lab's own proxies;
      dual:PORT,tls=HOST:PORT,http=…,ssh=…,client=…,server=…,timeout=0.5; imap:PORT,user.NAME=…,others=….
      OUT is where they are taken: tcp:HOST:PORT tls:… unix:PATH udp:… starttls:PROTO:HOST:PORT dummy
      connect:HOST:PORT,proxy=HOST:PORT connect_tls:… socks:HOST:PORT,proxy=HOST:PORT,version=5h.
      Options follow after commas: name= max-connections= limit= backlog= at IN, user= password= at proxies,
      refuse=403|silence|garbage|hang-up|no-method at the lab's own, every word of TLS where TLS is, and
      hook=[up:|down:]view|upper|rot13|delay:MS|drop:N|flip:OFFSET|cut:BYTES.
      tls:…,start-cleartext=yes begins in clear; SIGUSR2, or upgrade on --commands, puts TLS on.
      stdio makes it an ssh ProxyCommand: netlab proxy stdio connect:%h:%p,proxy=gate:8080.
      Ctrl-C or SIGTERM lets connections finish. Exit code: 0; 1 where the relay on stdio failed; 2 where a
      relay could not start.
      """)

  @Argument(help: ArgumentHelp("Connectors, two for each relay; -- between relays.", valueName: "connector"))
  var connectors: [String]

  @Option(
    name: .customLong("max-connections"),
    help: ArgumentHelp(
      "Each relay stops listening after so many, and the program ends when they are over.",
      valueName: "number"))
  var maxConnections: Int?

  @Flag(help: "Read commands from standard input: table, upgrade [NAME], hook NAME [HOOK ...].")
  var commands = false

  @Option(help: ArgumentHelp("Seconds that connections have to finish at the end.", valueName: "seconds"))
  var grace: Double = 5

  @OptionGroup(title: "Output") var log: ServeLogFlags
  @OptionGroup var data: DataOption

  func validate() throws {
    guard 0...86_400 ~= grace else { throw ValidationError("--grace wants seconds from 0 to a day.") }
    if let maxConnections, maxConnections < 1 {
      throw ValidationError("--max-connections wants 1 or more: a relay for nobody need not start.")
    }
  }

  func run() throws {
    let plans = try plans()
    if plans.contains(where: \.isStdio), log.json || commands {
      throw ValidationError(
        "A relay on stdio has standard input and output for itself: --json and --commands have no place.")
    }
    let read = IdentityFile.read(from: .disk(root: try data.find()))
    for problem in read.problems { Machine.complain(problem.description) }
    guard read.problems.isEmpty else { throw Exit.unable }
    let surroundings = Service.Surroundings(
      identities: read.identities, state: Machine.state,
      telling: telling(plans), now: Machine.now)
    let session = ProxySession(
      plans: plans, surroundings: surroundings, flags: log, graceMilliseconds: Int(grace * 1000),
      readsCommands: commands)
    switch Waiting.wait(for: { await session.run() }) {
    case .good: return
    case .failed: throw Exit.differed
    case .unable: throw Exit.unable
    }
  }

  /// A relay that may be upgraded, or whose failure is an exit code, has to know its ends.
  private func telling(_ plans: [ConnectorPlan]) -> Service.Surroundings.Telling {
    let needsEnds =
      commands || plans.contains { $0.isStdio || $0.input.startsInClear || $0.output?.startsInClear == true }
    return log.telling == .counts && needsEnds ? .log : log.telling
  }

  /// The relays. The parser takes the first `--` for itself; the others still stand between relays.
  private func plans() throws -> [ConnectorPlan] {
    let groups = connectors.split(separator: "--", omittingEmptySubsequences: false).map(Array.init)
    do throws(UsageProblem) {
      return try ConnectorPlan.parse(groups, maxConnections: maxConnections)
    } catch {
      throw ValidationError(error.message)
    }
  }
}
