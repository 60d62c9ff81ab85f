import LabFacts
import LabProtocols

/// The dialogue that belongs to each route.
enum RelayDialogues {
  static func make(_ relay: RelayOrder) -> any RelayDialogue {
    let isTLS = relay.listen.transport == .tls
    return switch relay.route {
    // Where nothing but the backend's bytes may reach the client.
    case .fixed(let order) where !relay.apologises: FixedDialogue(order: order, apologises: false)
    // A client in clear, for a backend that wants STARTTLS: in its protocol's words it hears of failures.
    case .fixed(let order) where order.starttls != nil:
      order.starttls.map { PlainOffer($0, order) } ?? FixedDialogue(order: order)
    case .fixed(let order): FixedDialogue(order: order)
    case .dual(let route): DualDialogue(route: route)
    case .socks(let policy): SocksServer(policy: policy)
    case .connect(let policy): ConnectServer(policy: policy)
    case .imap(let route): ImapRouter(route, host: MailDialogues.host, isTLS: isTLS)
    case .starttls(let mail, let order): StartTLSOffer(mail, order, isTLS: isTLS)
    case .discard: DiscardDialogue()
    }
  }
}

/// The dialogues of mail protocols, at both ends.
enum MailDialogues {
  /// What the lab's mail servers call themselves.
  static let host = "localhost"

  static func client(_ mail: MailProtocol, greeting: StartTLSClient.Greeting, insists: Bool) -> any Dialogue {
    StartTLSClient(mail, greeting: greeting, insists: insists)
  }

  /// Nothing for a kind that is no mail server.
  static func server(_ order: ListenOrder, hasTLS: Bool) -> (any Dialogue)? {
    mail(order.kind).map {
      MailServer(
        $0, host: host, offersTLS: hasTLS && order.transport == .plain, isTLS: order.transport == .tls,
        credentials: order.credentials)
    }
  }

  /// What it means that a mail server was silent for so long.
  static func silence(of dialogue: any Dialogue, milliseconds: Int) -> Failure? {
    (dialogue as? StartTLSClient)?.failure(afterMilliseconds: milliseconds)
  }

  private static func mail(_ kind: ServerKind) -> MailProtocol? {
    switch kind {
    case .imap: .imap
    case .smtp: .smtp
    case .pop3: .pop3
    case .greet, .echo, .http, .discard: nil
    }
  }
}
