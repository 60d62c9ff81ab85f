import Foundation
package import LabCatalog
import LabFacts
import LabNet

/// Asks the machine what it can do for lessons.
package enum MachineAbilities {
  /// Asked once, when the lab is made.
  package static func ask() -> Abilities {
    var programs = Set(ProgramKind.allCases.filter { path(of: $0) != nil })
    // Without NSS's own programs a browser can't be told whom to trust.
    if find("certutil") == nil || find("pk12util") == nil { programs.remove(.chromium) }
    return Abilities(
      programs: programs, ipv6: Loopback.hasIPv6(), bindsLowPorts: Loopback.bindsLowPorts())
  }

  static func path(of program: ProgramKind) -> String? { program.commands.lazy.compactMap(find).first }

  /// The program's path, where it is installed.
  static func find(_ name: String) -> String? {
    searchPath.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static var searchPath: String {
    ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
  }
}
