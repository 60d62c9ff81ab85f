import Foundation

/// What this process holds of the machine: sockets, and files in its folder for temporary ones.
struct Leftovers: Sendable {
  let sockets: Int
  let files: Set<String>

  /// Where the kernel does not tell, no sockets.
  static func look(in folder: String) -> Leftovers {
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    let sockets = descriptors.count { name in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)
      return target?.hasPrefix("socket:") == true
    }
    return Leftovers(
      sockets: sockets, files: Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []))
  }
}
