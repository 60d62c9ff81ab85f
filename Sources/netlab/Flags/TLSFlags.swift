import ArgumentParser
import LabFacts
import LabRuntime

/// TLS options that both sides have, as flags. Each has the word that specs use too.
struct CommonTLSFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The certificate to show, PEM; - reads it from stdin.", valueName: "file"))
  var cert: String?
  @Option(
    help: ArgumentHelp(
      "Its private key; without it the key is looked for beside the certificate.", valueName: "file"))
  var key: String?
  @Option(help: ArgumentHelp("More certificates to send after it.", valueName: "file"))
  var chain: String?
  @Option(
    name: .customLong("passphrase-file"),
    help: ArgumentHelp("The pass phrase of the key: the first line of this file.", valueName: "file"))
  var passphraseFile: String?
  @Option(help: ArgumentHelp("An identity of the lab: netlab certs list shows them.", valueName: "name"))
  var identity: String?
  @Option(help: ArgumentHelp("Trust the certificates of this file. May be repeated.", valueName: "file"))
  var ca: [String] = []
  @Option(help: ArgumentHelp("Refuse what this revocation list names. May be repeated.", valueName: "file"))
  var crl: [String] = []
  @Option(
    name: .customLong("verify-depth"),
    help: ArgumentHelp("Longest accepted chain of intermediates.", valueName: "number"))
  var verifyDepth: String?
  @Option(
    name: .customLong("ignore-verify"),
    help: ArgumentHelp(
      "Forgive these verify errors, by number or name, with a standing warning.", valueName: "list"))
  var ignoreVerify: String?
  @Option(help: ArgumentHelp("Lowest version of TLS: 1.0, 1.1, 1.2 or 1.3.", valueName: "version"))
  var min: String?
  @Option(help: ArgumentHelp("Highest version of TLS.", valueName: "version"))
  var max: String?
  @Option(help: ArgumentHelp("OpenSSL cipher list for TLS 1.2 and below.", valueName: "list"))
  var ciphers: String?
  @Option(help: ArgumentHelp("Suites of TLS 1.3, colons between.", valueName: "list"))
  var ciphersuites: String?
  @Option(help: ArgumentHelp("Groups (curves) for the key exchange, colons between.", valueName: "list"))
  var groups: String?
  @Option(help: ArgumentHelp("Application protocols, + between.", valueName: "list"))
  var alpn: String?

  /// Puts what was given into a request.
  func apply(to request: inout TLSRequest) throws {
    for (word, value) in [("cert", cert), ("key", key), ("chain", chain)] {
      if let value { try request.take(word, value) }
    }
    if let passphraseFile { request.passphrase = try Passphrase.firstLine(of: passphraseFile) }
    for value in ca { try request.take("ca", value) }
    for value in crl { try request.take("crl", value) }
    let settings = [
      ("identity", identity), ("verify-depth", verifyDepth), ("ignore-verify", ignoreVerify), ("min", min),
      ("max", max), ("ciphers", ciphers), ("ciphersuites", ciphersuites), ("groups", groups), ("alpn", alpn),
    ]
    for (word, value) in settings { if let value { try request.take(word, value) } }
  }
}

/// TLS options of servers.
struct ServerTLSFlags: ParsableArguments {
  @OptionGroup var common: CommonTLSFlags
  @Option(
    name: .customLong("client-cert"),
    help: ArgumentHelp(
      "off; ask: go on without or with a bad one and keep the verdict; require: refuse both.",
      valueName: "mode"))
  var clientCert: String?
  @Option(
    help: ArgumentHelp("DH parameters for DHE suites of TLS 1.2: auto, or a file.", valueName: "auto|file"))
  var dhparam: String?
  @Option(
    name: .customLong("sni-cert"),
    help: ArgumentHelp(
      "The lab's identity for clients that ask for a name. May be repeated.", valueName: "name=identity"))
  var sniCert: [String] = []
  @Option(
    name: .customLong("sni-policy"),
    help: ArgumentHelp("default, or strict: refuse names that --sni-cert does not list.", valueName: "policy")
  )
  var sniPolicy: String?
  @Option(help: ArgumentHelp("Session tickets after a TLS 1.3 handshake.", valueName: "number"))
  var tickets: String?
  @Flag(name: .customLong("no-server-preference"), help: "The client's order of suites decides.")
  var noServerPreference = false

  /// The request these flags make.
  func request() throws -> TLSRequest {
    var request = TLSRequest(side: .server)
    try common.apply(to: &request)
    for value in sniCert { try request.take("sni-cert", value) }
    for (word, value) in [
      ("client-cert", clientCert), ("dhparam", dhparam), ("sni-policy", sniPolicy), ("tickets", tickets),
    ] {
      if let value { try request.take(word, value) }
    }
    if noServerPreference { try request.take("server-preference", "no") }
    return request
  }
}

/// TLS options of clients.
struct ClientTLSFlags: ParsableArguments {
  @OptionGroup var common: CommonTLSFlags
  @Option(
    help: ArgumentHelp(
      "The name to ask for; none sends none. Without it: the target's.", valueName: "name|none"))
  var sni: String?
  @Option(
    name: .customLong("verify-name"),
    help: ArgumentHelp(
      "The name the certificate must carry; none checks none. Without it: the target's.",
      valueName: "name|none"))
  var verifyName: String?
  @Flag(help: "Accept any certificate, and say so.")
  var insecure = false
  @Flag(help: "Offer the session of the last connection again.")
  var resume = false

  /// The request these flags make for a target of this name. An address is checked, and never sent as SNI.
  func request(target: String) throws -> TLSRequest {
    var request = TLSRequest(side: .client)
    try request.take("sni", sni ?? target)
    try request.take("name", verifyName ?? target)
    if insecure { try request.take("verify", "no") }
    if resume { try request.take("resume", "yes") }
    try common.apply(to: &request)
    if common.ca.isEmpty {
      // The lab's CA can speak for the lab's own names only (name constraints).
      request.options.trust = ["lab-ca"]
      request.options.trustsSystem = true
    }
    return request
  }
}

extension TLSRequest {
  /// As `set`, with `-` read from stdin, and problems as the parser's own.
  mutating func take(_ word: String, _ value: String) throws {
    let files = ["cert", "key", "chain", "ca", "crl", "dhparam"]
    do throws(UsageProblem) {
      try set(word, value, given: value == "-" && files.contains(word) ? StandardInput.once() : nil)
    } catch {
      throw ValidationError(error.message)
    }
  }
}
