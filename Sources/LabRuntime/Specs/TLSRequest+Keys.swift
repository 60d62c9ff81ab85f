import LabFacts

extension TLSRequest {
  /// The words that `set` knows.
  package static let keys = [
    "identity", "cert", "key", "chain", "passphrase", "ca", "crl", "dhparam", "verify-depth", "system-trust",
    "min", "max", "ciphers", "ciphersuites", "groups", "server-preference", "alpn", "client-cert",
    "ignore-verify", "sni-cert", "sni-policy", "tickets", "sni", "name", "verify", "resume",
  ]

  /// Words that mean something at one side only.
  private static let serverKeys: Set<String> = [
    "dhparam", "server-preference", "client-cert", "sni-cert", "sni-policy", "tickets",
  ]
  static let clientKeys: Set<String> = ["sni", "name", "verify", "resume", "system-trust"]

  /// Sets one option by its word. A file that was read already, such as stdin, is `given`.
  package mutating func set(_ key: String, _ value: String, given: [UInt8]? = nil) throws(UsageProblem) {
    try checkSide(key)
    let input = given.map { Input.memory($0, name: value == "-" ? "stdin" : value) } ?? .file(value)
    switch key {
    case "identity": options.identity = value
    case "cert": certificate = input
    case "key": self.key = input
    case "chain": chain = input
    case "passphrase": passphrase = value
    case "ca": authorities.append(input)
    case "crl": revocations.append(input)
    case "dhparam": if value == "auto" { options.dhParameters = value } else { dhParameters = input }
    case "verify-depth": options.verifyDepth = try number(key, value, 0...100)
    case "system-trust": options.trustsSystem = try flag(key, value)
    case "min": options.minVersion = try version(key, value)
    case "max": options.maxVersion = try version(key, value)
    case "ciphers": options.ciphers = value
    case "ciphersuites": options.suites = value
    case "groups": options.groups = value
    case "server-preference": options.serverPreference = try flag(key, value)
    case "alpn": options.alpn = value.split(separator: "+").map(String.init)
    case "client-cert": try setClientCertificate(value)
    case "ignore-verify": options.ignoredVerifyErrors = try verifyErrors(value)
    case "sni-cert": try setNamedIdentity(value)
    case "sni-policy": options.refusesUnknownNames = try word(key, value, ["default", "strict"]) == "strict"
    case "tickets": options.tickets = try number(key, value, 0...16)
    case "sni": options.serverName = value == "none" ? nil : value
    case "name": options.expectedName = value == "none" ? nil : value
    case "verify": options.verify = try flag(key, value)
    case "resume": options.resumes = try flag(key, value)
    case let other: throw .unknown("TLS option", other, among: TLSRequest.keys)
    }
  }

  private func checkSide(_ key: String) throws(UsageProblem) {
    let isWrong = side == .client ? TLSRequest.serverKeys.contains(key) : TLSRequest.clientKeys.contains(key)
    guard isWrong else { return }
    throw UsageProblem(
      "\(key) is an option of a \(side.other.rawValue); this end is the TLS \(side.rawValue).")
  }

  /// *ask* finishes the handshake whatever comes and keeps the verdict; *require* refuses what is missing,
  /// invalid or revoked.
  private mutating func setClientCertificate(_ value: String) throws(UsageProblem) {
    guard let mode = ClientCertificateMode(rawValue: value) else {
      throw .unknown(
        "mode of client certificates", value, among: ClientCertificateMode.allCases.map(\.rawValue))
    }
    options.clientCertificate = mode
    options.verify = mode == .require
  }

  /// `name=identity`: the identity of the lab for clients that ask for this name.
  private mutating func setNamedIdentity(_ value: String) throws(UsageProblem) {
    let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw UsageProblem("sni-cert wants NAME=IDENTITY, such as shop.netlab.test=shop.")
    }
    options.identitiesByName[parts[0]] = parts[1]
  }

  private func verifyErrors(_ value: String) throws(UsageProblem) -> [Int] {
    var numbers: [Int] = []
    for word in value.split(whereSeparator: { $0 == "+" || $0 == "," }).map(String.init) {
      guard let number = VerifyErrors.number(of: word) else {
        throw .unknown("verify error", word, among: VerifyErrors.numbers.compactMap(VerifyErrors.name))
      }
      numbers.append(number)
    }
    return numbers
  }

  private func version(_ key: String, _ value: String) throws(UsageProblem) -> TLSVersion {
    guard let version = TLSVersion(rawValue: value) else {
      throw .unknown("version of TLS for \(key)", value, among: TLSVersion.allCases.map(\.rawValue))
    }
    return version
  }
}

/// A whole number within a range.
func number(_ key: String, _ value: String, _ range: ClosedRange<Int>) throws(UsageProblem) -> Int {
  guard let number = Int(value), range.contains(number) else {
    throw UsageProblem(
      "\(key) wants a number from \(range.lowerBound) to \(range.upperBound), not \"\(Notation.escaped(value))\"."
    )
  }
  return number
}

/// One of a few words.
func word(_ key: String, _ value: String, _ known: [String]) throws(UsageProblem) -> String {
  guard known.contains(value) else { throw .unknown("value of \(key)", value, among: known) }
  return value
}

func flag(_ key: String, _ value: String) throws(UsageProblem) -> Bool {
  try word(key, value, ["yes", "no"]) == "yes"
}
