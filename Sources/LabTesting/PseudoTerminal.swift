package import LabCanvas

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why a terminal test could not go on, with what was on the screen.
package struct TerminalFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Both ends of a terminal that nobody sees. The test holds the master, the program under test the slave.
package final class PseudoTerminal {
  package let master: Int32
  /// The path of the slave: `/dev/pts/3`.
  package let path: String
  private var isOpen = true

  package init(_ size: Size) throws {
    (master, path) = try Self.open()
    resize(size)
  }

  deinit { hangUp() }

  /// Opens the slave without making it anybody's controlling terminal. The caller closes it.
  package func openSlave() throws -> Int32 {
    let slave = sys_open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw TerminalFailure("open \(path): errno \(errno)") }
    return slave
  }

  /// As a terminal emulator does when its window changes: the kernel tells the foreground processes.
  package func resize(_ size: Size) {
    var size = winsize(
      ws_row: UInt16(clamping: size.height), ws_col: UInt16(clamping: size.width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Types bytes.
  package func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { sys_write(master, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }

  /// What the program wrote, waiting at most so long for the first of it. nil at the end.
  package func read(milliseconds: Int) -> [UInt8]? {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, Int32(clamping: milliseconds)) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = sys_read(master, &bytes, bytes.count)
    return count > 0 ? Array(bytes.prefix(count)) : nil
  }

  /// Whether the line discipline is as a shell expects it: lines, echo, Ctrl-C as a signal.
  package var isCooked: Bool {
    var modes = termios()
    guard tcgetattr(master, &modes) == 0 else { return false }
    let wanted = tcflag_t(ICANON | ECHO | ISIG)
    return modes.c_lflag & wanted == wanted
  }

  /// Takes the terminal away, as when a window is closed.
  package func hangUp() {
    if isOpen { close(master) }
    isOpen = false
  }

  #if canImport(Darwin)
    private static func open() throws -> (Int32, String) {
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
        throw TerminalFailure("no pseudo terminal: errno \(errno)")
      }
      return (master, String(cString: name))
    }
  #else
    // posix_openpt and its friends are not in Swift's Glibc module; these two requests are what they do.
    private static let unlock: UInt = 0x4004_5431
    private static let number: UInt = 0x8004_5430

    private static func open() throws -> (Int32, String) {
      let master = sys_open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var locked: Int32 = 0
      var index: Int32 = 0
      guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, number, &index) == 0 else {
        throw TerminalFailure("no pseudo terminal: errno \(errno)")
      }
      return (master, "/dev/pts/\(index)")
    }
  #endif
}

private func sys_open(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }

private func sys_read(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

private func sys_write(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}
