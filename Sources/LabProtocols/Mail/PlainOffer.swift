package import LabFacts

/// A relay for a client in clear whose backend wants STARTTLS: the way there upgrades (`ConnectOrder.starttls`)
/// and hands on the backend's greeting, which is heard here like any bytes of the backend.
///
/// Where the upgrade fails nothing goes on in clear: the client is told why in its protocol's words.
package struct PlainOffer: RelayDialogue {
  private let mail: MailProtocol
  private let order: ConnectOrder
  private let host: String
  private var fromClient: [UInt8] = []
  private var fromBackend: [UInt8] = []
  private var isOver = false

  /// `host` is the name the relay calls itself where it has to refuse.
  package init(_ mail: MailProtocol, _ order: ConnectOrder, host: String = "localhost") {
    self.mail = mail
    self.order = order
    self.host = host
  }

  /// What to do about an event, in order.
  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    guard !isOver else { return [] }
    switch event {
    case .opened: return [.connect(order)]
    case .heard(.client, let bytes):
      fromClient += bytes
      return fromClient.count > keptLimit ? refuse("too much at once") + [.close(.backend, .clean)] : []
    case .heard(.backend, let bytes):
      fromBackend += bytes
      return []
    case .backendUp: return relay()
    case .backendFailed(let failure): return refuse("backend not available: \(failure.plainReason)")
    case .ended(.client):
      isOver = true
      return [.close(.backend, .clean), .close(.client, .clean)]
    case .ended(.backend), .tlsUp, .timePassed: return []
    }
  }

  private mutating func relay() -> [RelayAction] {
    isOver = true
    return (fromBackend.isEmpty ? [] : [.pass(from: .backend, fromBackend)])
      + (fromClient.isEmpty ? [] : [.pass(from: .client, fromClient)]) + [.relay]
  }

  private mutating func refuse(_ reason: String) -> [RelayAction] {
    isOver = true
    let line = mail.refusal(reason, host: host)
    return [.note(.client, .sent, line), .say(.client, MailText.wire(line)), .close(.client, .clean)]
  }
}

/// What a client may send ahead while it waits.
private let keptLimit = 65_536
