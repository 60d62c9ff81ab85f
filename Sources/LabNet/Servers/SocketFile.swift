#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file of a Unix-domain socket, which outlives its socket.
enum SocketFile {
  /// Removes it where it is a socket; anything else of that name is left alone.
  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
    unlink(path)
  }
}
