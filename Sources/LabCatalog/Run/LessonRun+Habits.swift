import LabCore
import LabFacts

/// Reading when told to, faults on purpose, and what a recording gives away.
extension LessonRun {
  mutating func read(at subject: Subject, _ maximum: Int?, _ lab: LabState) -> [Effect] {
    guard let end = ends(of: subject, lab).last else { return nobody(subject, lab) }
    guard let maximum else {
      did("\(subject.text) reads by itself from now on.")
      return [.readAlways(end)] + settle(.read(end))
    }
    did("\(subject.text) reads once, at most \(maximum) bytes.")
    return [.read(end, maximum: maximum)] + settle(.read(end))
  }

  mutating func setFaults(at subject: Subject, _ faults: [WireFault], _ lab: LabState) -> [Effect] {
    guard let end = ends(of: subject, lab).last else { return nobody(subject, lab) }
    did(
      faults.isEmpty
        ? "\(subject.text) sends as it should." : "Change what \(subject.text) sends, on purpose.")
    return [.setFaults(end, faults)] + settle(.faults(end))
  }

  /// Both directions as this end recorded them on the wire.
  mutating func tryKey(of identity: String, on subject: Subject, _ lab: LabState) -> [Effect] {
    guard let end = ends(of: subject, lab).last, let state = lab.ends[end] else {
      return nobody(subject, lab)
    }
    did("Somebody who recorded \(subject.text) tries the private key of \(identity) on it.")
    let sent = Bytes(kept: state.wireSent.kept, total: state.wireSent.total)
    let received = Bytes(kept: state.wireReceived.kept, total: state.wireReceived.total)
    let (client, server) = state.side == .client ? (sent, received) : (received, sent)
    return [.tryKey(end, identity: identity, client: client, server: server)] + settle(.keyTried(end))
  }
}

extension Action {
  /// Lower-case letters, over and over.
  static func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
  }
}
