import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime

/// `netlab serve`: servers of the lab's kinds, as many as wanted, in clear and with TLS.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Run servers: echo, greet, http or mail, in clear and with TLS.",
    usage: "netlab serve [options] <spec> ...",
    discussion: """
      A spec is [address:]port[/tcp|/tls|/udp][,option=value ...] or unix:path[,proto=tls]. Such as:
        8443/tls   8080/tcp,kind=http   [::1]:9443/tls   *:7777   9999/udp   unix:/tmp/lab.sock
      A bare port is on 127.0.0.1, and 0 lets the kernel choose. Every TLS flag is an option too, and an
      option of a spec wins over the flag: 8443/tls,cert=a.pem,key=a.key,client-cert=ask.
      Without a certificate the lab's own identity "server" is shown. Mail servers in clear offer STARTTLS.
      When all listen, standard output says so, a line each: listening on 127.0.0.1:8443 (tls, echo).
      Ctrl-C or SIGTERM lets connections finish; a second one closes them. Exit code: 0, or 2 where a
      server could not start.
      """)

  @Argument(help: ArgumentHelp("Where to listen, and how.", valueName: "spec"))
  var specs: [String] = []

  @Option(help: ArgumentHelp("Read listeners from this YAML file too.", valueName: "file"))
  var config: String?

  @Flag(name: .customLong("show-config"), help: "Print what is in effect and who said so, and stop.")
  var showConfig = false

  @Option(help: ArgumentHelp("Seconds that connections have to finish at the end.", valueName: "seconds"))
  var grace: Double = 5

  @OptionGroup(title: "Listeners") var listen: ListenFlags
  @OptionGroup(title: "TLS") var tls: ServerTLSFlags
  @OptionGroup(title: "Output") var log: ServeLogFlags
  @OptionGroup var data: DataOption

  func validate() throws {
    guard !specs.isEmpty || config != nil else {
      throw ValidationError("Where should it listen? Such as: netlab serve 8443/tls")
    }
    guard 0...86_400 ~= grace else { throw ValidationError("--grace wants seconds from 0 to a day.") }
  }

  func run() throws {
    let plans = try ServeSources(flags: try listen.settings() + tls.settings, config: config).plans(specs)
    if showConfig { return ServeSources.show(plans) }
    let opened = try plans.map(ServePassphrase.filled)
    let read = IdentityFile.read(from: .disk(root: try data.find()))
    for problem in read.problems { Machine.complain(problem.description) }
    guard read.problems.isEmpty else { throw Exit.unable }
    let surroundings = Service.Surroundings(
      identities: read.identities, state: Machine.state,
      telling: log.telling, now: Machine.now)
    let session = ServeSession(
      plans: opened, surroundings: surroundings, flags: log, graceMilliseconds: Int(grace * 1000))
    guard Waiting.wait(for: { await session.run() }) else { throw Exit.unable }
  }
}
