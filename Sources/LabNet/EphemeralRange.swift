package import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The kernel's range for ports it chooses itself.
package enum EphemeralRange {
  private static let path = "/proc/sys/net/ipv4/ip_local_port_range"

  /// Reads it; nothing where this kernel does not tell.
  package static func read() -> PortRange? {
    guard let text = SmallFile.read(path) else { return nil }
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 2 else { return nil }
    return PortRange(first: numbers[0], last: numbers[1])
  }
}

/// Files of /proc: small, or read in one go.
enum SmallFile {
  static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return count == 0 ? String(decoding: content, as: UTF8.self) : nil }
      content += chunk.prefix(count)
    }
  }
}
