import Foundation

/// Where netlab keeps what it makes: certificates, progress, exports, its log.
package struct StateFolder: Equatable, Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// `$XDG_STATE_HOME/netlab`, or `~/.local/state/netlab` (XDG Base Directory Specification).
  package init(environment: [String: String]) {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = state + "/netlab"
    } else {
      path = (environment["HOME"] ?? NSHomeDirectory()) + "/.local/state/netlab"
    }
  }

  package var pki: String { path + "/pki" }
  package var progress: String { path + "/progress.json" }
  package var log: String { path + "/netlab.log" }
  package var clip: String { path + "/clip.txt" }
  package var exports: String { path + "/exports" }

  /// Makes the folder, for this person alone. Answers why not, where it can't.
  package func make() -> String? {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      return nil
    } catch {
      return "\(path) can't be made: \(FileTrouble.reason(error))"
    }
  }
}
