/// How one program says settings on its command line, as data.
struct CommandWords {
  /// The words for a value, with the folder of the lab's certificates; nothing where it can't say that value.
  typealias Flag = @Sendable (_ value: String, _ folder: String) -> [String]?

  var flags: [String: Flag]
  /// Settings that are said otherwise.
  var said: Set<String> = []
  /// What it can't say, whatever the flags.
  var unsaid: [String] = []

  static let serve = CommandWords(
    flags: netlab.merging([
      "kind": flag("--kind"), "backlog": flag("--backlog"), "limit": flag("--limit"),
      "reply": flag("--reply"),
      "banner": flag("--banner"), "site": flag("--site"), "accept_mode": flag("--accept"),
      "handshake_seconds": flag("--deadline"), "client_certificate": flag("--client-cert"),
      "tls.dh": flag("--dhparam"), "tls.tickets": flag("--tickets"), "tls.sni_identities": each("--sni-cert"),
      "tls.sni_strict": only("true", ["--sni-policy", "strict"], or: "false"),
      "tls.server_preference": only("false", ["--no-server-preference"], or: "true"),
      "accepting": only("true", []),
    ]) { $1 })

  static let connect = CommandWords(
    flags: netlab.merging([
      "starttls": flag("--starttls"), "local_port": flag("--local-port"),
      "connect_seconds": flag("--timeout"),
      "second_handshake": flag("--double-handshake"), "verify": only("false", ["--insecure"], or: "true"),
      "tls.resume": only("true", ["--resume"], or: "false"),
    ]) { $1 })

  private static let netlab: [String: Flag] = [
    "identity": { name, _ in name == "none" ? nil : ["--identity", name] }, "trust": files("--ca", "crt"),
    "tls.crl": files("--crl", "crl"), "tls.min": flag("--min"), "tls.max": flag("--max"),
    "tls.ciphers": flag("--ciphers"), "tls.suites": flag("--ciphersuites"), "tls.groups": flag("--groups"),
    "tls.alpn": joined("--alpn", "+"), "tls.verify_depth": flag("--verify-depth"),
    "tls.ignore_verify": joined("--ignore-verify", "+"),
  ]

  static let opensslServer = CommandWords(
    flags: openssl.merging([
      "identity": { _, _ in [] }, "client_certificate": clientCertificate,
      "tls.tickets": flag("-num_tickets"),
    ]) { $1 })

  static let opensslClient = CommandWords(
    flags: openssl.merging([
      "identity": { name, folder in
        name == "none" ? [] : ["-cert", "\(folder)/\(name).crt", "-key", "\(folder)/\(name).key"]
      },
      "starttls": flag("-starttls"), "tls.verify_depth": flag("-verify_depth"),
    ]) { $1 })

  private static let openssl: [String: Flag] = [
    "trust": { names, folder in
      names.listed.count == 1 ? ["-CAfile", "\(folder)/\(names).crt"] : nil
    },
    "tls.crl": { names, folder in
      names.listed.count == 1 ? ["-crl_check_all", "-CRL", "\(folder)/\(names).crl"] : nil
    },
    "tls.min": { value, _ in ["-min_protocol", "TLSv" + (value == "1.0" ? "1" : value)] },
    "tls.max": { value, _ in ["-max_protocol", "TLSv" + (value == "1.0" ? "1" : value)] },
    "tls.ciphers": flag("-cipher"), "tls.suites": flag("-ciphersuites"), "tls.groups": flag("-groups"),
    "tls.alpn": joined("-alpn", ","),
  ]

  static let curl = CommandWords(flags: [
    "identity": { name, folder in
      name == "none" ? [] : ["--cert", "\(folder)/\(name).chain.crt", "--key", "\(folder)/\(name).key"]
    },
    "trust": { names, folder in names.listed.count == 1 ? ["--cacert", "\(folder)/\(names).crt"] : nil },
    "tls.crl": { names, folder in names.listed.count == 1 ? ["--crlfile", "\(folder)/\(names).crl"] : nil },
    "verify": only("false", ["--insecure"], or: "true"), "local_port": flag("--local-port"),
    "connect_seconds": flag("--connect-timeout"), "tls.ciphers": flag("--ciphers"),
    "tls.suites": flag("--tls13-ciphers"), "tls.groups": flag("--curves"),
    "tls.min": { value, _ in ["--tlsv" + value] }, "tls.max": flag("--tls-max"),
  ])

  // MARK: Shapes of flags

  private static func flag(_ name: String) -> Flag { { value, _ in [name, value] } }

  private static func joined(_ name: String, _ separator: String) -> Flag {
    { value, _ in [name, value.listed.joined(separator: separator)] }
  }

  private static func each(_ name: String) -> Flag { { value, _ in value.listed.flatMap { [name, $0] } } }

  private static func files(_ name: String, _ suffix: String) -> Flag {
    { value, folder in value.listed.flatMap { [name, "\(folder)/\($0).\(suffix)"] } }
  }

  /// A flag for one value; another value may be what the program does anyway.
  private static func only(_ wanted: String, _ words: [String], or usual: String? = nil) -> Flag {
    { value, _ in value == wanted ? words : value == usual ? [] : nil }
  }

  private static func clientCertificate(_ value: String, _: String) -> [String]? {
    switch value {
    case "ask": ["-verify", "5"]
    case "require": ["-Verify", "5", "-verify_return_error"]
    default: []  // off
    }
  }
}
