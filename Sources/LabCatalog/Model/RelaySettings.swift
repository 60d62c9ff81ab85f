package import LabFacts

/// What a lesson says about a relay, beyond what it says about the server that it is for its clients.
package struct RelaySettings: Equatable, Sendable {
  /// How the relay decides where a client is taken.
  package enum Way: String, Sendable, CaseIterable {
    case fixed
    case dual
    case socks
    case connect
    case imap
    case starttls
    case discard
  }

  package var way: Way
  /// By what the client does (`tls`, `http`, `ssh`, `client_first`, `server_first`) or by user name; the one
  /// for all, or for all others, has the key `RelaySettings.others`.
  package var backends: [String: Backend] = [:]
  /// The protocol of *starttls*.
  package var mail: MailProtocol?
  package var policy = ProxyPolicy()
  package var hooks: [ByteHook] = []
  package var timeoutMilliseconds = RelaySettings.usualTimeout
  package var maxConnections: Int?
  package var requiresTLS = false

  package init(way: Way) { self.way = way }

  /// How long a silent client is given where nothing is said.
  static let usualTimeout = 1000

  /// The key of the backend for everybody who has none of their own.
  package static let others = ""

  /// Where a relay takes a client, and how it speaks there.
  package struct Backend: Equatable, Sendable {
    package var target: ConnectTarget
    /// Client settings: transport, trust, name, starttls and the like.
    package var settings: ActorSettings

    package init(target: ConnectTarget, settings: ActorSettings = ActorSettings()) {
      self.target = target
      self.settings = settings
    }
  }

  /// Every backend there is.
  package var allBackends: [Backend] { backends.sorted { $0.key < $1.key }.map(\.value) }
}

/// The proxy of the lesson that a client goes through.
package struct ViaSetting: Equatable, Sendable {
  package var proxy: ActorID
  package var language: ProxyOrder.Language
  package var credentials: Credentials?

  package init(proxy: ActorID, language: ProxyOrder.Language, credentials: Credentials? = nil) {
    self.proxy = proxy
    self.language = language
    self.credentials = credentials
  }
}
