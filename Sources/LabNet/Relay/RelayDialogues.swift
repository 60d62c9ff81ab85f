import LabFacts
import LabProtocols

/// The dialogue that belongs to each route.
enum RelayDialogues {
  static func make(_ route: Route, listen: ListenOrder) -> any RelayDialogue { NotYet() }
}

enum ProxyDialogues {
  static func client(_ via: ProxyOrder, target: Endpoint) -> any Dialogue { NotYet() }
}

enum MailDialogues {
  static func client(_ mail: MailProtocol) -> any Dialogue { NotYet() }
}

struct NotYet: RelayDialogue, Dialogue {
  func take(_ event: RelayEvent) -> [RelayAction] { [] }
  func take(_ event: DialogueEvent) -> [DialogueAction] { [] }
}
