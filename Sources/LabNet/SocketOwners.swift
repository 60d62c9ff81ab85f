package import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// All TCP sockets of this machine at one moment, and the programs that hold them.
package struct SocketTable: Equatable, Sendable {
  /// A program that holds a socket.
  package struct Owner: Hashable, Sendable, Codable, Comparable {
    package let process: Int
    /// The command's own name for itself, safe to print.
    package let name: String

    package init(process: Int, name: String) {
      self.process = process
      self.name = name
    }

    package static func < (a: Owner, b: Owner) -> Bool { a.process < b.process }
  }

  package let sample: KernelSample
  /// Which programs hold a socket, where this person may know.
  package let owners: [KernelSocket: [Owner]]

  package init(sample: KernelSample, owners: [KernelSocket: [Owner]]) {
    self.sample = sample
    self.owners = owners
  }

  /// Reads it; nothing where the kernel does not tell.
  package static func read() -> SocketTable? {
    let inodes = SocketInodes.read()
    let all: (Int, Int) -> Bool = { _, _ in true }
    let sample: KernelSample
    if let diag = SockDiag(), let sockets = diag.read(all) {
      sample = KernelSample(source: .sockDiag, sockets: sockets)
    } else {
      guard let sockets = ProcNet.read(all) else { return nil }
      sample = KernelSample(source: .procNet, sockets: sockets)
    }
    let holders = ProcessSockets.holders()
    var owners: [KernelSocket: [Owner]] = [:]
    for socket in sample.sockets {
      guard let inode = inodes[SocketInodes.Key(socket)], let found = holders[inode] else { continue }
      owners[socket] = found.sorted()
    }
    return SocketTable(sample: sample, owners: owners)
  }
}

/// Sockets by their number in the file system (proc(5), /proc/net/tcp).
private enum SocketInodes {
  struct Key: Hashable {
    let local: Endpoint
    let peer: Endpoint

    init(_ socket: KernelSocket) { (local, peer) = (socket.local, socket.peer) }
  }

  private static let inodeColumn = 9

  static func read() -> [Key: Int] {
    var found: [Key: Int] = [:]
    for path in ["/proc/net/tcp", "/proc/net/tcp6"] {
      for line in (SmallFile.read(path) ?? "").split(separator: "\n").dropFirst() {
        let columns = line.split(separator: " ")
        guard columns.count > inodeColumn, let inode = Int(columns[inodeColumn]), inode != 0,
          let socket = ProcNet.parse("head\n" + line, { _, _ in true }).first
        else { continue }
        found[Key(socket)] = inode
      }
    }
    return found
  }
}

/// The sockets among the open files of every process this person may look into.
private enum ProcessSockets {
  static func holders() -> [Int: Set<SocketTable.Owner>] {
    var holders: [Int: Set<SocketTable.Owner>] = [:]
    for process in names(in: "/proc").compactMap({ Int($0) }) {
      let inodes = names(in: "/proc/\(process)/fd").compactMap { inode("/proc/\(process)/fd/\($0)") }
      guard !inodes.isEmpty else { continue }
      let name = SmallFile.read("/proc/\(process)/comm")?.split(separator: "\n").first ?? "?"
      let owner = SocketTable.Owner(process: process, name: Notation.escaped(String(name)))
      for inode in inodes { holders[inode, default: []].insert(owner) }
    }
    return holders
  }

  /// `socket:[4711]`.
  private static func inode(_ link: String) -> Int? {
    var target = [CChar](repeating: 0, count: 64)
    let count = readlink(link, &target, target.count)
    guard count > 0 else { return nil }
    let text = String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard text.hasPrefix("socket:["), text.hasSuffix("]") else { return nil }
    return Int(text.dropFirst("socket:[".count).dropLast())
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
