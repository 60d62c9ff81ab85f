import LabFacts

/// The words a listener knows, and which of them fit together.
package enum ListenWords {
  /// Words about the listener itself.
  static let own = [
    "proto", "ipv", "kind", "reply", "banner", "site", "accept", "deadline", "limit", "backlog", "user",
    "password", "idle", "starttls", "passphrase-file",
  ]

  /// TLS words of a server.
  static let tls = TLSRequest.keys.filter { !TLSRequest.clientKeys.contains($0) } + ["passphrase-file"]

  /// Every word, for flags, specs and files.
  package static let all = own + tls.filter { !own.contains($0) }

  /// Words of one certificate: who names another certificate does not mean the rest of the first.
  static let certificate: Set = ["identity", "cert", "key", "chain", "passphrase", "passphrase-file"]
}

/// What the words are judged against.
struct ListenShape {
  let spec: ListenSpec
  let proto: ListenProtocol
  let kind: ServerKind
  let offersStartTLS: Bool

  var isMail: Bool { [.imap, .smtp, .pop3].contains(kind) }
  var usesTLS: Bool { proto == .tls || offersStartTLS }

  /// Why this word says nothing here; nothing where it fits.
  func objection(to setting: Setting) -> String? {
    let word = setting.word
    if ListenWords.tls.contains(word) || word == "deadline" { return usesTLS ? nil : needsTLS(word) }
    switch word {
    case "reply": return kind == .greet ? nil : "reply belongs to kind=greet, and this is \(kind.rawValue)."
    case "site": return kind == .http ? nil : "site belongs to kind=http, and this is \(kind.rawValue)."
    case "user", "password":
      return isMail ? nil : "\(word) belongs to the kinds imap, smtp and pop3; this is \(kind.rawValue)."
    case "starttls":
      if !isMail { return "starttls belongs to the kinds imap, smtp and pop3; this is \(kind.rawValue)." }
      return proto == .tcp ? nil : "starttls is for a port that begins in clear; this one begins with TLS."
    case "banner": return bannerObjection
    case "idle":
      return proto == .udp ? nil : "idle is how long a silent UDP peer is remembered; this is no UDP."
    case "limit", "backlog": return proto == .udp ? "UDP has no connections, so \(word) has no meaning." : nil
    case "accept": return acceptObjection(setting.value)
    case "ipv": return spec.address.path == nil ? nil : "A Unix socket has no version of IP."
    default: return nil  // proto and kind made this shape
    }
  }

  private func needsTLS(_ word: String) -> String {
    if proto == .udp { return "\(word) is for TLS, and TLS does not run over UDP." }
    if spec.address.path != nil {
      return "\(word) is for TLS: write \(Notation.escaped(spec.text)),proto=tls."
    }
    let place = spec.text.prefix { $0 != "," && $0 != "/" }
    return
      "\(word) is for TLS, and this listener speaks in clear: write \(Notation.escaped(String(place)))/tls."
  }

  private var bannerObjection: String? {
    switch kind {
    case .echo, .greet, .discard: proto == .udp ? "UDP has no beginning that a banner could greet." : nil
    case .http: "An HTTP server speaks second: a banner would break the protocol."
    case .imap, .smtp, .pop3: "\(kind.rawValue) has its own greeting."
    }
  }

  private func acceptObjection(_ mode: String) -> String? {
    if proto == .udp { return "UDP has no accept()." }
    guard let known = AcceptMode(rawValue: mode), known != .deferred, proto != .tls else { return nil }
    return "accept=\(Notation.escaped(mode)) is about TLS handshakes, and this listener has none: write /tls."
  }

  /// A shared word about the shape itself is in effect where the shape is as it says.
  func agrees(with setting: Setting) -> Bool {
    switch setting.word {
    case "proto": setting.value == proto.rawValue
    case "kind": setting.value == kind.rawValue
    default: true  // every other word is in effect wherever it fits
    }
  }

  /// What can't be, whatever the words.
  func impossible() -> String? {
    if spec.address.path != nil, proto == .udp {
      return "A Unix socket of the lab is a stream: it can't be UDP."
    }
    guard proto == .udp, kind != .echo, kind != .discard else { return nil }
    return "UDP answers with echo or not at all (kind=discard); \(kind.rawValue) needs a stream: write /tcp."
  }
}
