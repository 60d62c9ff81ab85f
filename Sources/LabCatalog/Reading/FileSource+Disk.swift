#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FileSource {
  /// Files below a folder on disk. Paths are relative to it.
  package static func disk(root: String) -> FileSource {
    let base = root.hasSuffix("/") ? root : root + "/"
    return FileSource(read: { Disk.read(base + $0) }, list: { Disk.list(base + $0) })
  }
}

private enum Disk {
  /// Author files are a few kilobytes; a wrong path must not fill the memory.
  static let limit = 1 << 20

  static func read(_ path: String) -> FileSource.Content {
    guard let file = fopen(path, "rb") else {
      return errno == ENOENT ? .missing : .unreadable(String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      bytes += chunk.prefix(count)
      if bytes.count > limit { return .unreadable("it is larger than 1 MiB") }
      if count < chunk.count { break }
    }
    if ferror(file) != 0 { return .unreadable("reading stopped in the middle") }
    return String(validating: bytes, as: UTF8.self).map(FileSource.Content.text)
      ?? .unreadable("it is not UTF-8")
  }

  static func list(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      names.append(isFolder(path + "/" + name) ? name + "/" : name)
    }
    return names.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }
}
