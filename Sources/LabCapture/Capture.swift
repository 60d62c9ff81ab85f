package import LabFacts

/// A run as a pcapng file that Wireshark opens and decrypts: addresses, ports, times and bytes are those of the
/// run; the headers around them are made again, and say so.
package struct Capture: Sendable {
  /// What the file says of itself.
  package struct About: Sendable {
    /// `netlab 0.1.0`.
    package let program: String
    /// What was run.
    package let title: String
    /// When the run began, in microseconds since 1970 UTC. 0 where that is not known.
    package let began: Int

    package init(program: String, title: String, began: Int) {
      self.program = program
      self.title = title
      self.began = began
    }
  }

  /// The file.
  package let bytes: [UInt8]
  package let packetCount: Int
  /// Lines of key log inside; without them what is under TLS stays closed.
  package let secretCount: Int
  /// What is not in the file, and why: one sentence each.
  package let leftOut: [String]

  package init(_ facts: [StampedFact], _ about: About) {
    let (flows, places) = Flow.all(of: facts)
    let secrets = Capture.secrets(of: facts)
    leftOut = Capture.leftOut(facts, flows, places)
    var file = Pcapng()
    file.section(program: about.program, comment: Capture.comment(about, leftOut))
    file.interface(name: "netlab", description: "loopback, as the programs at its ends told of it")
    file.secrets(secrets)
    var count = 0
    var pens = flows.enumerated().map { FlowPen($1, number: $0 + 1) }
    for event in FlowEvents(facts, flows, places).events {
      for packet in pens[event.flow]?.packets(event) ?? [] {
        file.packet(
          packet.captured, length: packet.length, microseconds: about.began + event.microseconds,
          comment: packet.comment)
        count += 1
      }
    }
    bytes = file.bytes
    packetCount = count
    secretCount = secrets.count
  }

  private static func comment(_ about: About, _ leftOut: [String]) -> String {
    var sentences = [
      "\(about.title).",
      "Made from what the programs at the ends saw, not captured on a wire: addresses, ports, times and the "
        + "bytes carried are true, TCP/IP headers are reconstructed.",
    ]
    if about.began == 0 { sentences.append("Times count from the start of the run.") }
    return (sentences + leftOut).joined(separator: " ")
  }

  /// Both ends of a connection log the same secrets.
  private static func secrets(of facts: [StampedFact]) -> [String] {
    var seen: Set<String> = []
    return facts.compactMap { stamped in
      guard case .keyLogged(_, let line) = stamped.fact, seen.insert(line).inserted else { return nil }
      return line
    }
  }

  private static func leftOut(
    _ facts: [StampedFact], _ flows: [Flow], _ places: [EndID: (index: Int, side: Side)]
  ) -> [String] {
    let asked = facts.reduce(into: Set<EndID>()) { ends, stamped in
      if case .connecting(let id, _) = stamped.fact { ends.insert(id) }
    }
    let unopened = asked.count { places[$0] == nil }
    let unix = flows.count { $0.network == .unix }
    var sentences: [String] = []
    if unopened > 0 {
      sentences.append(
        "Not in here: \(unopened) attempt\(unopened == 1 ? "" : "s") to connect that came to nothing, for "
          + "no program learned the port they came from.")
    }
    if unix > 0 {
      sentences.append(
        "Not in here: \(unix) Unix-domain connection\(unix == 1 ? "" : "s"), which have no IP.")
    }
    return sentences
  }
}
