import Foundation
import LabFacts
import LabTLS

/// Prepares and runs one program of the machine, on a thread of its own: its home folder, whom it trusts, what it
/// shows. Nothing of it is left behind.
struct ProgramStage: Sendable {
  let order: ProgramOrder
  let pki: PKIStore
  /// Readable as soon as the program is to be killed.
  let stop: Int32
  /// Its home folder is made in here.
  var folder = NSTemporaryDirectory()

  func run() -> ProgramEnd {
    guard let path = MachineAbilities.path(of: order.kind), let home = makeHome() else {
      return ProgramStage.failed(ENOENT)
    }
    defer { try? FileManager.default.removeItem(atPath: home) }
    guard let given = materials(in: home) else { return ProgramStage.failed(EIO) }
    // OpenSSL's subcommand stands before everything else.
    let first = order.kind == .openssl ? order.arguments.prefix(1) : []
    return child(path, first + given + order.arguments.dropFirst(first.count), home).run(
      milliseconds: order.limitMilliseconds)
  }

  static func failed(_ number: Int32) -> ProgramEnd {
    ProgramEnd(
      manner: .notStarted(Int(number)), output: Bytes([]), errorOutput: Bytes([]), milliseconds: 0)
  }

  /// Nobody's settings: a proxy or a `.curlrc` of the person would change what a lesson shows.
  private func child(_ path: String, _ arguments: [String], _ home: String) -> ChildProcess {
    ChildProcess(
      path: path, arguments: arguments,
      environment: [
        "HOME": home, "PATH": MachineAbilities.searchPath, "LC_ALL": "C", "TMPDIR": home,
        "XDG_CONFIG_HOME": home + "/config", "XDG_CACHE_HOME": home + "/cache",
      ], stop: stop)
  }

  /// A folder only this user can read.
  private func makeHome() -> String? {
    var template = Array((folder + "/netlab-program-XXXXXX").utf8CString)
    return template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return nil }
      return String(cString: base)
    }
  }

  /// What it is told before the lesson's own words; nothing where that could not be made.
  private func materials(in home: String) -> [String]? {
    switch order.kind {
    case .chromium: browser(in: home)
    case .curl: files(in: home, trust: "--cacert", personal: "--cert")
    case .openssl: files(in: home, trust: "-CAfile", personal: "-cert")
    }
  }

  private func files(in home: String, trust: String, personal: String) -> [String]? {
    var arguments: [String] = []
    if !order.trust.isEmpty {
      let text = order.trust.flatMap { pki.certificatePEM(named: $0) ?? [] }
      guard let path = write(text, to: home + "/trusted.pem") else { return nil }
      arguments += [trust, path]
    }
    if let name = order.personal {
      guard let identity = pki.identity(named: name), let text = try? PKIExport.pem(identity),
        let path = write(text, to: home + "/own.pem")
      else { return nil }
      arguments += [personal, path]
    }
    return arguments
  }

  /// A profile and a certificate store of its own.
  private func browser(in home: String) -> [String]? {
    guard fillStore(home) else { return nil }
    var arguments = [
      "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
      "--disable-sync", "--no-default-browser-check", "--user-data-dir=\(home)/profile", "--log-level=2",
    ]
    // Chromium's own sandbox can't be had by root, and says so.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    return arguments
  }

  private func fillStore(_ home: String) -> Bool {
    guard !order.trust.isEmpty || order.personal != nil else { return true }
    let store = home + "/.pki/nssdb"
    try? FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
    guard tool("certutil", ["-d", "sql:\(store)", "-N", "--empty-password"], home) else { return false }
    for name in order.trust {
      guard let text = pki.certificatePEM(named: name), let path = write(text, to: "\(home)/\(name).crt"),
        tool("certutil", ["-d", "sql:\(store)", "-A", "-t", "C,,", "-n", name, "-i", path], home)
      else { return false }
    }
    guard let name = order.personal else { return true }
    let phrase = "netlab"
    guard let identity = pki.identity(named: name),
      let packed = try? PKIExport.pkcs12(identity, phrase: phrase, name: name),
      let path = write(packed, to: home + "/own.p12"),
      let key = write(Array(phrase.utf8), to: home + "/phrase"),
      let empty = write([], to: home + "/empty")
    else { return false }
    return tool("pk12util", ["-d", "sql:\(store)", "-i", path, "-w", key, "-k", empty], home)
  }

  private func tool(_ name: String, _ arguments: [String], _ home: String) -> Bool {
    guard let path = MachineAbilities.find(name) else { return false }
    return child(path, arguments, home).run(milliseconds: 5000).manner == .exit(0)
  }

  /// Mode 0600 from its first byte on.
  private func write(_ bytes: [UInt8], to path: String) -> String? {
    FileManager.default.createFile(
      atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600]) ? path : nil
  }
}
