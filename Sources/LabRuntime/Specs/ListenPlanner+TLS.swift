import LabFacts

extension ListenPlanner {
  /// The TLS wishes of a listener; nothing where it never speaks TLS.
  func request(_ settings: [Setting]) throws(UsageProblem) -> TLSRequest? {
    guard shape.usesTLS else { return nil }
    try checkCertificate(settings)
    var request = TLSRequest(side: .server)
    for setting in settings where ListenWords.tls.contains(setting.word) {
      do throws(UsageProblem) { try apply(setting, to: &request) } catch { throw error.at(setting.origin) }
    }
    // Without a CA of somebody's own, clients are judged by the lab's.
    if request.options.clientCertificate != .off, request.authorities.isEmpty {
      request.options.trust = ["lab-ca"]
    }
    return request
  }

  private func apply(_ setting: Setting, to request: inout TLSRequest) throws(UsageProblem) {
    guard setting.word != "passphrase-file" else {
      guard let line = sources.firstLine(setting.value) else {
        throw UsageProblem("The pass phrase file \(Notation.escaped(setting.value)) can't be read.")
      }
      request.passphrase = line
      return
    }
    let readsInput = setting.value == "-" && ListenWords.files.contains(setting.word)
    try request.set(setting.word, setting.value, given: readsInput ? sources.standardInput() : nil)
  }

  private func checkCertificate(_ settings: [Setting]) throws(UsageProblem) {
    func said(_ word: String) -> Setting? { settings.last { $0.word == word } }
    if let identity = said("identity"), identity.origin != .builtIn, let cert = said("cert") {
      throw UsageProblem("cert and identity are two answers to one question. Keep one.").at(cert.origin)
    }
    guard said("cert") == nil else { return }
    for word in ["key", "chain", "passphrase", "passphrase-file"] {
      guard let setting = said(word) else { continue }
      throw UsageProblem("\(word) belongs to a certificate: add cert=FILE.").at(setting.origin)
    }
  }
}

extension ListenWords {
  /// Words whose value is a file, or `-` for standard input.
  static let files: Set = ["cert", "key", "chain", "ca", "crl", "dhparam"]
}
