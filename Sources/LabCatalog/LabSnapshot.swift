package import LabCore
package import LabFacts

/// Everything the screens show, as one value: what the runtime hands over after each change.
package struct LabSnapshot: Equatable, Sendable {
  package var catalog: Catalog
  package var progress: Progress
  /// What the review counts from.
  package var today: Day
  /// The open lesson's lab: as it is, or as it was at the cursor.
  package var lab: LabState
  /// Absent where no lesson is open.
  package var run: LessonRun?
  package var cursor: Cursor
  /// What is shown of the past, while the cursor is there.
  package var moment: PastMoment?
  /// The saved run that is shown instead of a lab at work.
  package var replay: Replay.Source?
  package var runsFree: Bool
  /// Absent while the HTTPS demo is off.
  package var demo: DemoSnapshot?
  /// Absent while the sandbox is closed.
  package var sandbox: SandboxSnapshot?
  /// What went otherwise than asked for, in words: the status line shows the newest.
  package var notices: [String]
  package var environment: EnvironmentInfo
  /// Absent where no lesson is being written.
  package var preview: PreviewState?
  /// How many intents had been taken when this was so: whoever sent one knows by it whether this is the answer.
  package var intentsTaken = 0

  package init(
    catalog: Catalog = Catalog(), progress: Progress = Progress(), today: Day = Day(number: 0),
    lab: LabState = LabState(),
    run: LessonRun? = nil, cursor: Cursor = .live, runsFree: Bool = false, demo: DemoSnapshot? = nil,
    sandbox: SandboxSnapshot? = nil,
    notices: [String] = [], environment: EnvironmentInfo = EnvironmentInfo()
  ) {
    self.catalog = catalog
    self.progress = progress
    self.today = today
    self.lab = lab
    self.run = run
    self.cursor = cursor
    self.runsFree = runsFree
    self.demo = demo
    self.sandbox = sandbox
    self.notices = notices
    self.environment = environment
  }
}

extension LookBack {
  /// The same for the top line.
  package func cursor(in log: FactLog) -> Cursor {
    place(in: log).map { .past(event: $0.event, of: $0.count) } ?? .live
  }
}

/// Which moment of a run is shown.
package enum Cursor: Hashable, Sendable {
  case live
  /// Right after that event, counted from 1, of so many.
  case past(event: Int, of: Int)
}

/// The event that is shown of the past.
package struct PastMoment: Equatable, Sendable {
  /// Since the run began.
  package var microseconds: Int
  /// The step of the lesson it belongs to.
  package var step: StepMark?

  package init(microseconds: Int, step: StepMark?) {
    self.microseconds = microseconds
    self.step = step
  }

  /// The moment a cursor stands at.
  package init?(_ look: LookBack, _ marks: [StepMark]) {
    guard let event = look.event else { return nil }
    self.init(microseconds: event.microseconds, step: marks.mark(of: event.number))
  }
}

/// What the machine and the program are: for the catalog's top line and the status line.
package struct EnvironmentInfo: Equatable, Sendable {
  package var opensslVersion: String
  /// `Linux 6.18`.
  package var kernel: String
  package var progressPath: String
  package var dataPath: String
  /// The folder of the lab's certificates.
  package var certificatesPath: String
  package var kernelIntervalMilliseconds: Int
  /// What it can do for lessons.
  package var abilities: Abilities

  package init(
    opensslVersion: String = "", kernel: String = "", progressPath: String = "", dataPath: String = "",
    certificatesPath: String = "",
    kernelIntervalMilliseconds: Int = 250, abilities: Abilities = .all
  ) {
    self.abilities = abilities
    self.opensslVersion = opensslVersion
    self.kernel = kernel
    self.progressPath = progressPath
    self.dataPath = dataPath
    self.certificatesPath = certificatesPath
    self.kernelIntervalMilliseconds = kernelIntervalMilliseconds
  }
}

/// The HTTPS demo: its two servers and who has come.
package struct DemoSnapshot: Equatable, Sendable {
  /// Servers `demo` (IPv4) and `demo6` (IPv6), their ends, exchanges and failures.
  package var lab: LabState
  /// `https://localhost:8443/`.
  package var url: String
  /// The same port with the wrong scheme, to try on purpose.
  package var plainURL: String
  package var certificate: CertificateSummary?
  /// The certificate as `openssl x509 -text` would tell it.
  package var certificateText: [String]
  /// Where the lab's CA certificate can be read.
  package var caPath: String
  package var caFingerprint: String
  package var trustSteps: [TrustGuide]
  /// It goes on when its screen is left.
  package var keepsRunning: Bool
  /// Why it could not start.
  package var failure: Failure?

  package init(
    lab: LabState = LabState(), url: String = "", plainURL: String = "",
    certificate: CertificateSummary? = nil, certificateText: [String] = [], caPath: String = "",
    caFingerprint: String = "", trustSteps: [TrustGuide] = [], keepsRunning: Bool = false,
    failure: Failure? = nil
  ) {
    self.lab = lab
    self.url = url
    self.plainURL = plainURL
    self.certificate = certificate
    self.certificateText = certificateText
    self.caPath = caPath
    self.caFingerprint = caFingerprint
    self.trustSteps = trustSteps
    self.keepsRunning = keepsRunning
    self.failure = failure
  }
}
