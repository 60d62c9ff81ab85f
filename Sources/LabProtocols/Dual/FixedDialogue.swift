package import LabFacts

/// A relay with one target: connects at once, and keeps what the client says until then.
package struct FixedDialogue: RelayDialogue {
  private let order: ConnectOrder
  private var wait: BackendWait

  /// Without `apologises` a client whose backend fails is only hung up on: where it is no peer but this
  /// program's own input and output.
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
