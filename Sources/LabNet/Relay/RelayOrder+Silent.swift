import LabFacts
import LabProtocols

extension RelayOrder {
  /// The dialogue of a relay that adds nothing of its own to its backend's bytes; nothing for any other.
  var silentDialogue: (any RelayDialogue)? {
    guard !apologises, case .fixed(let order) = route else { return nil }
    return FixedDialogue(order: order, apologises: false)
  }
}
