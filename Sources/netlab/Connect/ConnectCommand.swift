import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime

/// `netlab connect`: a client whose every step is told, with stdin and stdout as its application.
struct ConnectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect",
    abstract: "Connect to a server, show each step, then pass stdin and stdout through.",
    discussion: """
      The steps are told on stderr, so stdout carries nothing but what the server sent. The end of stdin is
      passed on, and the answer to it still arrives; netlab ends when the server ends.
      The name asked for and checked is always the target's, whatever proxy or address leads there.
      Exit code: 0 the connection ended in order, 1 it failed, 2 it could not be tried.
      """)

  @Argument(help: ArgumentHelp("HOST:PORT, [IPV6]:PORT, PORT, or unix:/path.", valueName: "target"))
  var target: String

  @OptionGroup var way: ConnectFlags
  @OptionGroup var show: ConnectShowFlags
  @OptionGroup(title: "TLS options") var tls: ClientTLSFlags
  @OptionGroup var data: DataOption

  func validate() throws { try show.check() }

  func run() throws {
    let plan = try way.plan(target, tls)
    let loaded = try data.loadLessons()
    let session = ConnectSession(
      plan: plan, show: show, identities: loaded.catalog.identities,
      readCatalog: { try data.load().catalog })
    if try session.run() == .failed { throw Exit.differed }
  }
}

/// The way to the target.
struct ConnectFlags: ParsableArguments {
  @Flag(name: .customLong("tls"), help: "Speak TLS from the start.")
  var usesTLS = false
  @Option(help: ArgumentHelp("Speak imap, smtp or pop3 until TLS is on.", valueName: "protocol"))
  var starttls: String?
  @Option(
    help: ArgumentHelp(
      "Go through a proxy: socks4, socks4a, socks5 (this end looks the name up), socks5h (the proxy does), or http for CONNECT; such as socks5h://user:password@host:1080.",
      valueName: "url"))
  var via: String?
  @Option(
    name: .customLong("connect-to"),
    help: ArgumentHelp(
      "Connect here; the target's name stays what is asked for and checked.", valueName: "address:port"))
  var connectTo: String?
  @Option(name: .customLong("local-port"), help: ArgumentHelp("Bind this port first.", valueName: "port"))
  var localPort: Int?
  @Option(
    name: .customLong("double-handshake"),
    help: ArgumentHelp(
      "The mistake on purpose: begin a second handshake instead of the first TLS, or inside it.",
      valueName: "instead|inside"))
  var doubleHandshake: String?
  @Option(
    help: ArgumentHelp("Seconds to wait for TCP, and again for TLS; 10 by default.", valueName: "seconds"))
  var timeout: Double = 10

  /// What these flags and the TLS options make of a target.
  func plan(_ text: String, _ tls: ClientTLSFlags) throws -> ConnectPlan {
    do { return try made(text, tls) } catch let problem as UsageProblem {
      Machine.complain(problem.message)
      throw Exit.unable
    }
  }

  private func made(_ text: String, _ tls: ClientTLSFlags) throws -> ConnectPlan {
    let target = try TargetSpec.parse(text)
    var wishes = TargetSpec.Wishes()
    wishes.starttls = try word(starttls, "protocol of STARTTLS")
    wishes.secondHandshake = try word(doubleHandshake, "place of a second handshake")
    wishes.via = try via.map { try TargetSpec.proxy($0) }
    wishes.dialled = try connectTo.map { try TargetSpec.parseAddress($0) }
    if let localPort, !(1...65535).contains(localPort) {
      throw UsageProblem("--local-port is a number from 1 to 65535. Without it the kernel chooses.")
    }
    wishes.localPort = localPort
    guard timeout > 0, timeout <= 86_400 else {
      throw UsageProblem("--timeout is a number of seconds above 0.")
    }
    wishes.timeoutMilliseconds = max(1, Int(timeout * 1000))
    guard usesTLS || starttls != nil else {
      try tls.refuseWithoutTLS()
      return ConnectPlan(order: try target.order(wishes), request: nil, notes: [])
    }
    if usesTLS, starttls != nil {
      throw UsageProblem(
        "--tls speaks TLS from the start, --starttls after a talk in clear: choose the one the port wants.")
    }
    let names = try target.names(sni: tls.sni, verifyName: tls.verifyName)
    var request = try tls.request(target: target.endpoint.host)
    request.options.serverName = names.asked
    request.options.expectedName = names.expected
    wishes.tls = request.options
    return ConnectPlan(
      order: try target.order(wishes), request: request, notes: ConnectNotes.lines(names, request))
  }

  private func word<Word: RawRepresentable & CaseIterable>(_ text: String?, _ what: String) throws -> Word?
  where Word.RawValue == String {
    guard let text else { return nil }
    if let word = Word(rawValue: text) { return word }
    throw UsageProblem.unknown(what, text, among: Word.allCases.map(\.rawValue))
  }
}

/// What is shown of it.
struct ConnectShowFlags: ParsableArguments {
  @Flag(help: "Show no steps; a failure is still told.")
  var quiet = false
  @Flag(name: .customLong("ladder-only"), help: "Close when the way up has been shown; leave stdin alone.")
  var ladderOnly = false
  @Flag(name: .customShort("v"), help: "Show what messages say; -vv shows records and chunks too.")
  var verbose: Int
  @Flag(help: "Print facts on stderr, one JSON object a line, in place of the steps.")
  var json = false
  @Flag(help: "Show the bytes that pass, on stderr.")
  var hexdump = false

  func check() throws {
    if quiet, json || verbose > 0 || ladderOnly {
      throw ValidationError("--quiet shows no steps: leave it out, or --json, -v and --ladder-only.")
    }
  }
}

extension ClientTLSFlags {
  /// The options are for TLS; in clear they would be silently nothing.
  fileprivate func refuseWithoutTLS() throws {
    let given: [(String, Bool)] = [
      ("--sni", sni != nil), ("--verify-name", verifyName != nil), ("--insecure", insecure),
      ("--resume", resume), ("--cert", common.cert != nil), ("--key", common.key != nil),
      ("--chain", common.chain != nil), ("--passphrase-file", common.passphraseFile != nil),
      ("--identity", common.identity != nil), ("--ca", !common.ca.isEmpty), ("--crl", !common.crl.isEmpty),
      ("--verify-depth", common.verifyDepth != nil), ("--ignore-verify", common.ignoreVerify != nil),
      ("--min", common.min != nil), ("--max", common.max != nil), ("--ciphers", common.ciphers != nil),
      ("--ciphersuites", common.ciphersuites != nil), ("--groups", common.groups != nil),
      ("--alpn", common.alpn != nil),
    ]
    guard let first = given.first(where: \.1) else { return }
    throw UsageProblem("\(first.0) is an option of TLS: add --tls or --starttls PROTOCOL.")
  }
}
