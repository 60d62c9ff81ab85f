import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The directory that keeps certificates and keys: 0700, its owner's alone, keys 0600.
struct PKIFolder {
  let path: String

  /// Makes the directory where it is missing and closes it to others where it is open.
  init(_ path: String) throws(Failure) {
    self.path = path
    try PKIFolder.makeAll(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw PKIFolder.failure(path) }
    guard status.st_uid == geteuid() else {
      throw SetupFailure.make(
        .setupOther, subject: path, said: ["\(path): belongs to another user; keys are not kept there"])
    }
    if status.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 { throw PKIFolder.failure(path) }
    guard access(path, R_OK | W_OK | X_OK) == 0 else { throw PKIFolder.failure(path) }
  }

  func file(_ name: String) -> String { path + "/" + name }

  /// Runs `body` while no other process is in here.
  func locked<T>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
    let descriptor = open(file(".lock"), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw PKIFolder.failure(file(".lock")) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw PKIFolder.failure(file(".lock")) }
    }
    return try body()
  }

  /// Nil where there is none, or it can't be read: it is made anew then.
  func read(_ name: String) -> [UInt8]? { try? FileReading.contents(file(name)) }

  /// Takes rights from others, where a key has got them.
  func closeToOthers(_ name: String) throws(Failure) {
    var status = stat()
    guard lstat(file(name), &status) == 0, status.st_mode & 0o077 != 0 else { return }
    guard chmod(file(name), 0o600) == 0 else { throw PKIFolder.failure(file(name)) }
  }

  /// Whole or not at all: written beside, then renamed.
  func write(_ bytes: [UInt8], to name: String, mode: mode_t) throws(Failure) {
    let temporary = file(".\(name).\(getpid()).tmp")
    unlink(temporary)
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw PKIFolder.failure(temporary) }
    let complete = PKIFolder.writeAll(descriptor, bytes)
    close(descriptor)
    guard complete, rename(temporary, file(name)) == 0 else {
      let failure = PKIFolder.failure(file(name))
      unlink(temporary)
      throw failure
    }
  }

  private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeSome(descriptor, $0) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func makeAll(_ path: String) throws(Failure) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeAll(String(path[..<slash]))
    }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
  }

  private static func failure(_ path: String) -> Failure {
    SetupFailure.unreadable(path, FileReading.Problem(errno: errno), .setupOther)
  }
}

/// `write` of the C library, which a method named write would hide.
private func writeSome(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
