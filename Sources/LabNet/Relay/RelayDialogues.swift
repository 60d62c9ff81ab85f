import LabFacts
import LabProtocols

/// The dialogue that belongs to each route.
enum RelayDialogues {
  static func make(_ route: Route, listen: ListenOrder) -> any RelayDialogue {
    switch route {
    case .fixed(let order): FixedDialogue(order: order)
    case .dual(let route): DualDialogue(route: route)
    case .socks(let policy): SocksServer(policy: policy)
    case .connect(let policy): ConnectServer(policy: policy)
    case .discard: DiscardDialogue()
    case .imap, .starttls: NotYet()
    }
  }
}

enum MailDialogues {
  static func client(_ mail: MailProtocol, keepsGreeting: Bool) -> any Dialogue { NotYet() }
  static func silence(of dialogue: any Dialogue, milliseconds: Int) -> Failure? { nil }
}

struct NotYet: RelayDialogue, Dialogue {
  func take(_ event: RelayEvent) -> [RelayAction] { [] }
  func take(_ event: DialogueEvent) -> [DialogueAction] { [] }
}
