import ArgumentParser
import LabRuntime

/// The words of listeners as flags; a listener's own words win.
struct ListenFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("echo, greet, http, imap, smtp, pop3 or discard. Without it: echo.", valueName: "kind")
  )
  var kind: String?
  @Option(
    name: .customLong("default-proto"),
    help: ArgumentHelp("What a listener speaks that names nothing: tcp, tls or udp.", valueName: "proto"))
  var defaultProto: String?
  @Option(
    help: ArgumentHelp(
      "4, 6 or *: the versions of IP. A bare port is 127.0.0.1, ::1 or both; an address of * is one family, or one socket for both.",
      valueName: "version"))
  var ipv: String?
  @Option(
    help: ArgumentHelp(
      "deferred; blocking: accept() waits for each handshake; one-tls: one TLS connection at a time.",
      valueName: "mode"))
  var accept: String?
  @Option(help: ArgumentHelp("Seconds a handshake may take. Without it: 10.", valueName: "seconds"))
  var deadline: String?
  @Option(
    help: ArgumentHelp("Connections open at once; more wait in the kernel's queue.", valueName: "number"))
  var limit: String?
  @Option(help: ArgumentHelp("Length of the kernel's queue. Without it: 128.", valueName: "number"))
  var backlog: String?
  @Option(help: ArgumentHelp("What greet answers; {data} stands for what came.", valueName: "text"))
  var reply: String?
  @Option(help: ArgumentHelp("What the server says first.", valueName: "text"))
  var banner: String?
  @Option(help: ArgumentHelp("What http serves: hi or demo.", valueName: "site"))
  var site: String?
  @Option(help: ArgumentHelp("Whom a mail server lets in. Without it: everybody.", valueName: "name"))
  var user: String?
  @Option(
    name: .customLong("password-file"),
    help: ArgumentHelp("The password of that user: the first line of this file.", valueName: "file"))
  var passwordFile: String?
  @Option(
    help: ArgumentHelp("Seconds until a silent UDP peer is forgotten. Without it: 30.", valueName: "seconds"))
  var idle: String?
  @Flag(name: .customLong("no-starttls"), help: "Mail servers in clear do not offer TLS.")
  var noStartTLS = false

  func settings() throws -> [Setting] {
    let words = [
      ("kind", kind), ("proto", defaultProto), ("ipv", ipv), ("accept", accept), ("deadline", deadline),
      ("limit", limit), ("backlog", backlog), ("reply", reply), ("banner", banner), ("site", site),
      ("user", user), ("password", try passwordFile.map(Passphrase.firstLine)), ("idle", idle),
      ("starttls", noStartTLS ? "no" : nil),
    ]
    return words.compactMap { word, value in value.map { Setting(word, $0, .flag) } }
  }
}

extension ServerTLSFlags {
  /// The same flags as words, for listeners that may have words of their own.
  var settings: [Setting] {
    let single = [
      ("cert", common.cert), ("key", common.key), ("chain", common.chain),
      ("passphrase-file", common.passphraseFile), ("identity", common.identity),
      ("verify-depth", common.verifyDepth), ("ignore-verify", common.ignoreVerify), ("min", common.min),
      ("max", common.max), ("ciphers", common.ciphers), ("ciphersuites", common.ciphersuites),
      ("groups", common.groups), ("alpn", common.alpn), ("client-cert", clientCert), ("dhparam", dhparam),
      ("sni-policy", sniPolicy), ("tickets", tickets),
      ("server-preference", noServerPreference ? "no" : nil),
    ]
    let many = [("ca", common.ca), ("crl", common.crl), ("sni-cert", sniCert)]
    return single.compactMap { word, value in value.map { Setting(word, $0, .flag) } }
      + many.flatMap { word, values in values.map { Setting(word, $0, .flag) } }
  }
}

/// What a server tells of itself.
struct ServeLogFlags: ParsableArguments {
  @Flag(
    name: .shortAndLong,
    help: "Tell more: -v what was agreed, -vv messages and alerts, -vvv everything that moved.")
  var verbose: Int
  @Flag(help: "Tell nothing of connections.")
  var quiet = false
  @Flag(help: "Print facts on standard output, one JSON object a line.")
  var json = false
  @Option(
    help: ArgumentHelp(
      "all; once: the first failure of a kind at each listener; none.", valueName: "which"))
  var errors: ServeLog.Errors = .all
  @Flag(
    name: .customLong("show-data"), help: "Show what is sent and received. Without it nobody's words are.")
  var showData = false
  @Flag(help: "Show it as a hex dump.")
  var hexdump = false
  @Flag(help: "Print the table of counters every 5 seconds, or as --every says. SIGUSR1 prints it too.")
  var table = false
  @Option(help: ArgumentHelp("Print the table so often.", valueName: "seconds"))
  var every: Double?

  func validate() throws {
    if quiet && (json || verbose > 0 || showData || hexdump) {
      throw ValidationError("--quiet and something to tell: choose one.")
    }
    if json && hexdump { throw ValidationError("--json and --hexdump are two ways of printing: choose one.") }
    if let every, !(0.1...86_400 ~= every) {
      throw ValidationError("--every wants seconds from 0.1 to a day.")
    }
  }

  /// As much as is going to be told.
  var telling: Service.Surroundings.Telling {
    if quiet { return .counts }
    return style.level >= 2 || style.showsData ? .all : .log
  }

  var style: ServeLog.Style {
    var style = ServeLog.Style()
    style.errors = errors
    style.level = min(verbose, 3)
    style.showsData = showData || hexdump
    style.asHexDump = hexdump
    return style
  }

  /// Seconds between two tables.
  var interval: Double? { every ?? (table ? 5 : nil) }
}

extension ServeLog.Errors: ExpressibleByArgument {}
