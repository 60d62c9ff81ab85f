package import LabFacts

/// A relay with one target: connects at once, and keeps what the client says until then.
package struct FixedDialogue: RelayDialogue {
  private let order: ConnectOrder
  private var wait: BackendWait

  /// Without `apologises` the client hears nothing of a backend that fails: its bytes are the backend's alone.
  package init(order: ConnectOrder, apologises: Bool = true) {
    self.order = order
    wait = BackendWait(target: order.to, apologises: apologises)
  }

  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    event == .opened ? [.connect(order)] : wait.take(event)
  }
}

/// A relay to nowhere: reads everything, says nothing, and goes when the client goes.
package struct DiscardDialogue: RelayDialogue {
  package init() {}

  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    event == .ended(.client) ? [.close(.client, .clean)] : []
  }
}
