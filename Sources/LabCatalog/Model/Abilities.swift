package import LabFacts

/// What this machine can do for a lesson: asked once, at the edge.
package struct Abilities: Equatable, Sendable {
  /// Programs that are installed.
  package var programs: Set<ProgramKind>
  /// The IPv6 loopback address can be used.
  package var ipv6: Bool
  /// This process may bind ports below 1024.
  package var bindsLowPorts: Bool

  package init(programs: Set<ProgramKind>, ipv6: Bool, bindsLowPorts: Bool) {
    self.programs = programs
    self.ipv6 = ipv6
    self.bindsLowPorts = bindsLowPorts
  }

  /// A machine that has everything lessons ask for, and an unprivileged user.
  package static let all = Abilities(
    programs: Set(ProgramKind.allCases), ipv6: true, bindsLowPorts: false)
}

/// What a step, or a whole lesson, needs of the machine.
package struct MachineNeeds: Equatable, Sendable {
  package var programs: [ProgramKind]
  package var ipv6: Bool
  /// It shows what happens to a process that may *not* bind ports below 1024.
  package var unprivilegedPorts: Bool

  package init(programs: [ProgramKind] = [], ipv6: Bool = false, unprivilegedPorts: Bool = false) {
    self.programs = programs
    self.ipv6 = ipv6
    self.unprivilegedPorts = unprivilegedPorts
  }

  /// Why it can't be had on a machine of these abilities, and what to do: one sentence or two for each lack.
  package func lacks(_ abilities: Abilities) -> [String] {
    var lacks = programs.filter { !abilities.programs.contains($0) }.map {
      "\($0.rawValue) is not installed here. Install it, and this part runs too."
    }
    if ipv6, !abilities.ipv6 {
      lacks.append("This machine has no IPv6 loopback address. On one that has, this part runs too.")
    }
    if unprivilegedPorts, abilities.bindsLowPorts {
      lacks.append(
        "This process may use ports below 1024, so nothing would be refused. "
          + "Run netlab as an ordinary user to see it.")
    }
    return lacks
  }
}

extension Lesson {
  /// Why not all of it can run on a machine of these abilities; empty where all can.
  package func lacks(_ abilities: Abilities) -> [String] {
    ([requires.needs] + steps.map(\.needs)).flatMap { $0.lacks(abilities) }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Steps that can run on a machine of these abilities.
  package func possibleSteps(_ abilities: Abilities) -> Int {
    steps.count { $0.needs.lacks(abilities).isEmpty }
  }
}
