package import LabFacts

/// Gives the TLS context for the next connection, made anew when a file it came from has changed.
///
/// One event loop owns it. Certificates, keys and trusted files that are broken for a moment, as while they
/// are being replaced, leave the last good ones in use. Revocation lists do not: without them everybody
/// whose certificate is checked is refused.
package final class TLSContextSource {
  package let setup: TLSSetup
  /// What is wrong with the files now.
  package private(set) var problem: Failure?
  private let clock: @Sendable () -> Int64
  private let trace: TraceLevel
  private let files: [String]
  private var stamps: [FileStamp?]
  private var context: TLSContext
  /// The setup with the contents of all files, when they were last all in order.
  private var good: TLSSetup

  /// Fails on any mistake of the setup, also on revocation lists that are missing or broken. `clock` gives
  /// the seconds since 1970 UTC at which certificates are judged.
  package init(
    _ setup: TLSSetup, clock: @escaping @Sendable () -> Int64, trace: TraceLevel = .full
  ) throws(Failure) {
    self.setup = setup
    self.clock = clock
    self.trace = trace
    files = setup.files
    // Before reading: a file that changes meanwhile is read again.
    stamps = files.map(FileStamp.read)
    good = try setup.inMemory()
    context = try TLSContext(good, clock: clock, trace: trace)
  }

  /// The context for a connection that begins now.
  package func current() throws(Failure) -> TLSContext {
    guard !files.isEmpty else { return context }
    let now = files.map(FileStamp.read)
    guard now != stamps else { return context }
    context = try rebuilt()
    stamps = now
    return context
  }

  /// Lists of revoked certificates in use, for display.
  package var revocations: [RevocationSummary] { context.revocations }

  private func rebuilt() throws(Failure) -> TLSContext {
    do throws(Failure) {
      let read = try setup.inMemory()
      let made = try TLSContext(read, clock: clock, trace: trace)
      good = read
      problem = nil
      return made
    } catch {
      problem = error
      return try fallback(error)
    }
  }

  private func fallback(_ failure: Failure) throws(Failure) -> TLSContext {
    guard failure.code != .revocationUnknown else {
      return try TLSContext(good, clock: clock, trace: trace, revocationProblem: failure)
    }
    var mixed = good
    do throws(Failure) {
      mixed.revocations = try setup.revocationsInMemory()
      return try TLSContext(mixed, clock: clock, trace: trace)
    } catch {
      return try TLSContext(good, clock: clock, trace: trace, revocationProblem: error)
    }
  }
}

extension TLSSetup {
  /// The paths of all files it is made of.
  fileprivate var files: [String] {
    var sources = trust.anchors + revocations
    for identity in [identity].compactMap(\.self) + identitiesByName.values {
      sources += [identity.certificate, identity.key] + [identity.chain].compactMap(\.self)
    }
    if case .source(let parameters) = dhParameters { sources.append(parameters) }
    let paths = sources.compactMap { source in
      if case .file(let path) = source { path } else { nil }
    }
    return Set(paths).sorted()
  }

  /// The same, with the contents of the files in place of their paths.
  fileprivate func inMemory() throws(Failure) -> TLSSetup {
    var copy = self
    // First, so that it is known whenever they are at fault.
    copy.revocations = try revocationsInMemory()
    copy.identity = try identity?.inMemory()
    for (name, identity) in identitiesByName { copy.identitiesByName[name] = try identity.inMemory() }
    for index in trust.anchors.indices {
      copy.trust.anchors[index] = try trust.anchors[index].inMemory(missing: .trustStoreMissing)
    }
    if case .source(let parameters) = dhParameters {
      copy.dhParameters = .source(try parameters.inMemory(missing: .certFileMissing))
    }
    return copy
  }

  fileprivate func revocationsInMemory() throws(Failure) -> [PEMSource] {
    var read: [PEMSource] = []
    for source in revocations {
      read.append(.memory(try RevocationReading.text(source), name: source.name))
      _ = try RevocationReading.lists(read[read.count - 1])
    }
    return read
  }
}

extension IdentitySource {
  fileprivate func inMemory() throws(Failure) -> IdentitySource {
    var copy = self
    copy.certificate = try certificate.inMemory(missing: .certFileMissing)
    copy.key = try key.inMemory(missing: .certFileMissing)
    copy.chain = try chain?.inMemory(missing: .certFileMissing)
    return copy
  }
}

extension PEMSource {
  fileprivate func inMemory(missing: FailureCode) throws(Failure) -> PEMSource {
    .memory(try PEMReading.text(self, missing: missing), name: name)
  }
}
