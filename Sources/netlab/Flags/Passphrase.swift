import ArgumentParser
import Foundation
import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Pass phrases of keys: from a file, or asked for without an echo.
enum Passphrase {
  static func firstLine(of path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("The pass phrase file \(Notation.escaped(path)) can't be read.")
    }
    return String(decoding: data.prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self)
  }

  /// Asks the person at the terminal; nothing where there is none.
  static func ask(for what: String) -> String? {
    guard isatty(0) == 1 else { return nil }
    var before = termios()
    guard tcgetattr(0, &before) == 0 else { return nil }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSAFLUSH, &silent)
    defer {
      tcsetattr(0, TCSAFLUSH, &before)
      Machine.complain("")
    }
    FileHandle.standardError.write(Data("Pass phrase of \(Notation.escaped(what)): ".utf8))
    return readLine(strippingNewline: true)
  }
}

/// Stdin as one file, for one option.
enum StandardInput {
  static func once() -> [UInt8] { Array(FileHandle.standardInput.readDataToEndOfFile()) }
}
