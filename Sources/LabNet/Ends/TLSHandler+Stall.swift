import LabFacts
import LabTLS

extension TLSHandler {
  /// Keeps the record that holds a handshake message back for ever, and all that come after it.
  struct Stall {
    let fault: WireFault
    let message: String
    fileprivate(set) var hasStruck = false

    init?(_ faults: [WireFault]) {
      guard let fault = faults.first(where: { $0.action.stalledMessage != nil }),
        let message = fault.action.stalledMessage
      else { return nil }
      self.fault = fault
      self.message = message
    }
  }

  /// Throws away what a stall keeps back, and returns the rest.
  func passStall(_ records: [OutboundRecord]) -> [OutboundRecord] {
    records.filter { record in
      guard let stall else { return true }
      if stall.hasStruck { return false }
      guard record.title.split(separator: ", ").contains(where: { $0 == stall.message }) else { return true }
      self.stall?.hasStruck = true
      reporter.report(.faultStruck(reporter.id, stall.fault))
      return false
    }
  }
}

extension WireFault.Action {
  fileprivate var stalledMessage: String? {
    switch self {
    case .stallBefore(let message): message
    case .slow, .truncate, .stall, .flipBit, .reset: nil
    }
  }
}
