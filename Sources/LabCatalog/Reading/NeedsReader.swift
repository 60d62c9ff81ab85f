import LabFacts

/// Reads what a step or a lesson needs of the machine.
enum NeedsReader {
  static let keys = ["program", "ipv6", "unprivileged_ports"]

  static func needs(_ map: MapReader) -> MachineNeeds {
    MachineNeeds(
      programs: map["program"]?.items().compactMap { $0.word() } ?? [],
      ipv6: map["ipv6"]?.flag() ?? false, unprivilegedPorts: map["unprivileged_ports"]?.flag() ?? false)
  }

  static func ofStep(_ reader: NodeReader) -> MachineNeeds {
    reader.map("requires", keys: keys).map(needs) ?? MachineNeeds()
  }
}
