import CSpawn

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How a program ended.
package enum TerminalExit: Hashable, Sendable {
  case status(Int32)
  case signal(Int32)
}

/// A program with a pseudo terminal as its controlling terminal, in a session of its own.
package final class TerminalProcess {
  package let id: Int32
  package private(set) var exit: TerminalExit?

  package init(_ command: [String], environment: [String: String], terminal: PseudoTerminal) throws {
    guard let program = command.first else { throw TerminalFailure("no command") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal a session leader opens becomes its controlling one.
    posix_spawn_file_actions_addopen(&actions, 0, terminal.path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    #if !canImport(Darwin)
      // What other tests have open is none of its business.
      _ = lab_spawn_close_from(&actions, 3)
    #endif
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    Self.useDefaultSignals(&attributes)

    var arguments = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, program, &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw TerminalFailure("spawn \(program): errno \(code)") }
    self.id = id
  }

  deinit {
    guard !hasEnded() else { return }
    kill(id, SIGKILL)
    waitpid(id, nil, 0)
  }

  package func signal(_ number: Int32) { kill(id, number) }

  /// Looks without waiting.
  package func hasEnded() -> Bool {
    if exit != nil { return true }
    var status: Int32 = 0
    guard waitpid(id, &status, WNOHANG) == id else { return false }
    let signal = status & 0x7f
    exit = signal == 0 ? .status(status >> 8 & 0xff) : .signal(signal)
    return true
  }

  /// Lets a program that closed its terminal come to its end; nothing announces that but `waitpid`.
  func waitBriefly() { poll(nil, 0, 2) }

  private static func useDefaultSignals(_ attributes: inout posix_spawnattr_t) {
    var all = sigset_t()
    sigfillset(&all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    #if canImport(Darwin)
      let newSession = Int32(0x0400)
    #else
      let newSession = Int32(0x80)  // POSIX_SPAWN_SETSID, which glibc shows with _GNU_SOURCE only
    #endif
    let flags = newSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }
}
