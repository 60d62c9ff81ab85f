import Foundation
package import LabCatalog
import LabCore
import LabFacts
import LabNet
import LabTLS

/// What `netlab doctor` finds on this machine. Makes the lab's certificates where they are missing.
package enum Checkup {
  /// One line of the report.
  package struct Finding: Equatable, Sendable {
    package let name: String
    package let value: String
    /// What to do, where something is not as it should be.
    package let advice: String?

    package init(_ name: String, _ value: String, advice: String? = nil) {
      self.name = name
      self.value = value
      self.advice = advice
    }
  }

  /// `OpenSSL 3.0.22`, without its date.
  package static var opensslVersion: String {
    TLSLibrary.version.split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// `Linux 6.18`.
  package static var kernel: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "unknown" }
    let release = text(&names.release).split(separator: ".").prefix(2).joined(separator: ".")
    return "\(text(&names.sysname)) \(release)"
  }

  /// Findings about the machine, the network and the certificates.
  package static func examine(_ catalog: Catalog, state: StateFolder, now: Int64) -> [Finding] {
    return [
      Finding("OpenSSL", TLSLibrary.version),
      Finding("kernel", kernel),
      Finding("state folder", state.path, advice: state.make()),
      progress(catalog, state),
      certificates(catalog, state, now),
      Finding(
        "port range",
        EphemeralRange.read().map { "\($0), the kernel's own choice for clients" } ?? "not told",
        advice: nil),
      Finding("IPv4 loopback", "127.0.0.1"),
      Finding(
        "IPv6 loopback", Loopback.hasIPv6() ? "::1" : "missing",
        advice: Loopback.hasIPv6()
          ? nil : "Lessons that want IPv6 are shown with the reason; all others work."),
      Finding(
        "kernel view", Loopback.answersSockDiag() ? "sock_diag" : "/proc/net/tcp",
        advice: Loopback.answersSockDiag() ? nil : "A listener's backlog can't be read here."),
    ]
  }

  /// Looks only: what is damaged is set aside when somebody learns on.
  private static func progress(_ catalog: Catalog, _ state: StateFolder) -> Finding {
    switch ProgressStore(path: state.progress).read() {
    case .missing: Finding("progress", "none yet")
    case .progress(let progress):
      Finding("progress", "\(progress.doneCount) of \(catalog.lessons.count) lessons done")
    case .newer(let version):
      Finding("progress", "of a newer netlab (version \(version))", advice: "Use the netlab that wrote it.")
    case .unreadable(let why):
      Finding("progress", "\(state.progress) \(why)", advice: "netlab progress import FILE takes in a copy.")
    }
  }

  private static func certificates(_ catalog: Catalog, _ state: StateFolder, _ now: Int64) -> Finding {
    do throws(Failure) {
      let store = try PKIStore.prepare(declarations: catalog.identities, directory: state.pki, now: now)
      let root = store.summary(named: "lab-ca")
      return Finding(
        "certificates",
        "\(store.names.count) in \(state.pki); CA until \(root?.notAfter.prefix(10) ?? "?"), SHA-256 "
          + (root?.fingerprint ?? "?"))
    } catch {
      return Finding(
        "certificates", "could not be made: \(error.verbatim.first ?? error.code.rawValue)",
        advice: "Make \(state.pki) writable, or set XDG_STATE_HOME.")
    }
  }

  private static func text<Characters>(_ field: inout Characters) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
