package import LabCatalog
package import LabCore
package import LabFacts
import LabNet
import LabTLS

/// The lab: takes facts and intents in their order, keeps the state they add up to, has effects performed,
/// and hands out snapshots. Everything it knows, it knows from facts.
package actor LabRuntime {
  /// What the lab needs of the world around it.
  package struct Surroundings: Sendable {
    package var environment: EnvironmentInfo
    package var state: StateFolder
    /// Identities in memory only: nothing is written.
    package var keepsNothing: Bool
    package var demoPort: Int
    /// Seconds since 1970 UTC.
    package var now: @Sendable () -> Int64

    package init(
      environment: EnvironmentInfo, state: StateFolder, keepsNothing: Bool = false, demoPort: Int = 8443,
      now: @escaping @Sendable () -> Int64
    ) {
      self.environment = environment
      self.state = state
      self.keepsNothing = keepsNothing
      self.demoPort = demoPort
      self.now = now
    }
  }

  /// How often the kernel's table is read.
  package static let kernelIntervalMilliseconds = Workbench.kernelIntervalMilliseconds

  let surroundings: Surroundings
  /// Its cards come later where they are read apart.
  private(set) var catalog: Catalog
  var pki: PKIStore?
  var notices: [String]

  // The lesson
  var lessonBench: Workbench?
  var log = FactLog()
  var live = LabState()
  var run: LessonRun?
  var pendingLesson: String?
  var runBegan = ContinuousClock.now
  /// The same by the calendar, in microseconds since 1970 UTC.
  var runBeganAt = 0
  var factCount = 0
  var look = LookBack()
  /// Where each step of the lesson began, in order.
  var marks: [StepMark] = []
  var keeper = ProgressKeeper()
  /// How the lesson before the open one was left.
  var pace = Pace()
  var progress = Progress()
  var player: AutoPlayer?
  var resumption: Resumption?
  var programs = ProgramDesk()
  /// Asked when the lab starts, after the first picture.
  private(set) var abilities = Abilities.all
  var onFinished: (@Sendable (LessonRun) -> Void)?
  /// The newest run that came to its end. The lab is cleared after the last step, and its log with it; this stays
  /// until a lesson is opened.
  package internal(set) var playedRun: SavedRun?

  // The demo
  var demoBench: Workbench?
  var demo: Demo?
  var demoIsWanted = false
  var demoBegan = ContinuousClock.now
  var demoCertificateText: [String] = []

  var sandbox: SandboxLab?
  /// Sandboxes as they were when they were left, the newest last.
  var sandboxesLeft: [SandboxState] = []
  private var intentsTaken = 0

  /// The lesson that is being written.
  var preview: PreviewState?

  private let items: AsyncStream<DoorItem>
  private let door: AsyncStream<DoorItem>.Continuation
  private let onSnapshot: @Sendable (LabSnapshot) -> Void
  private let progressStore: ProgressStore
  private var isPublishScheduled = false
  private var lastPublished = ContinuousClock.now
  private var task: Task<Void, Never>?
  private var identitiesTask: Task<Void, Never>?
  private var cardsTask: Task<Void, Never>?
  private let cards: FileSource?

  /// A flood of facts must not keep the screen from seeing any of them.
  private static let longestSilence = Duration.milliseconds(33)

  /// `cards` is where the cards are read from once the lab has started; without it the catalog has them.
  /// `onSnapshot` is called on no thread in particular and must return at once.
  package init(
    catalog: Catalog, readingCardsFrom cards: FileSource? = nil, surroundings: Surroundings,
    notices: [String] = [], onSnapshot: @escaping @Sendable (LabSnapshot) -> Void
  ) {
    self.catalog = catalog
    self.cards = cards
    self.surroundings = surroundings
    self.notices = notices
    self.onSnapshot = onSnapshot
    progressStore = ProgressStore(path: surroundings.state.progress)
    (items, door) = AsyncStream.makeStream()
  }

  /// Reads progress, starts making what is missing of the lab's certificates, and goes to work.
  package func start() {
    guard task == nil else { return }
    abilities = MachineAbilities.ask()
    if !surroundings.keepsNothing {
      let loaded = progressStore.load(now: surroundings.now())
      progress = loaded.progress
      catalog.enrollDone(in: &progress)
      if let notice = loaded.notice { notices.append(notice) }
    }
    readCards()
    prepareIdentities()
    task = Task { await self.work() }
    publish()
  }

  /// What a person wants. May be called from any thread; never waits.
  package nonisolated func send(_ intent: Intent) { door.yield(.intent(intent)) }

  /// The file of a lesson that is being written has changed. May be called from any thread; never waits.
  package nonisolated func show(_ edition: Edition) { door.yield(.edition(edition)) }

  /// Takes another catalog in the place of this one.
  func use(_ other: Catalog) { catalog = other }

  /// Closes every socket and ends the threads.
  package func shutDown() async {
    door.finish()
    await task?.value
    // It uses OpenSSL, whose memory must not be taken away under it at exit.
    await identitiesTask?.value
    await cardsTask?.value
    programs.endAll()
    for task in programs.takeTasks() { await task.value }
    await lessonBench?.shutDown()
    await demoBench?.shutDown()
    await sandbox?.bench?.shutDown()
  }

  /// Everything shown, now.
  package var snapshot: LabSnapshot {
    var environment = surroundings.environment
    environment.abilities = abilities
    var snapshot = LabSnapshot(
      catalog: catalog, progress: progress, today: today, lab: look.state ?? live, run: run,
      cursor: look.cursor(in: log),
      runsFree: run?.runsFree ?? false, demo: demoSnapshot, sandbox: sandboxSnapshot, notices: notices,
      environment: environment)
    snapshot.moment = PastMoment(look, marks)
    snapshot.preview = preview
    snapshot.intentsTaken = intentsTaken
    return snapshot
  }

  /// The facts of the open lesson, for export.
  package var factLog: FactLog { log }

  /// The run of the open lesson, to take along; nothing where none is open.
  package var savedRun: SavedRun? {
    run.map {
      SavedRun(
        lesson: $0.lesson.id, title: "\($0.lesson.code) \($0.lesson.title)", began: runBeganAt,
        engine: surroundings.environment.opensslVersion, facts: log.facts, marks: marks)
    }
  }

  /// What a person takes along: the open run as far as it came, or all of it once it is over.
  package var runToTake: SavedRun? { run?.result == nil ? savedRun : playedRun ?? savedRun }

  private func work() async {
    for await item in items {
      take(item)
      publishSoon()
    }
  }

  private func take(_ item: DoorItem) {
    switch item {
    case .fact(let fact, .lesson, let at): takeLessonFact(fact, at)
    case .fact(let fact, .demo, let at): takeDemoFact(fact, at)
    case .programEnded(let actor, let end, let run, let at):
      if run == programs.generation { takeLessonFact(.programEnded(actor, end), at) }
    case .fact(let fact, .sandbox, let at): takeSandboxFact(fact, at)
    case .intent(let intent):
      intentsTaken += 1
      takeIntent(intent)
    case .identitiesReady(let store, let notice):
      pki = store
      if let notice { notices.append(notice) }
      openPending()
      if demoIsWanted { startDemo() }
      beginPendingSandboxRun()
    case .edition(let edition): takeEdition(edition)
    case .cardsReady(let shelf):
      catalog.put(shelf)
      if let notice = AuthorProblem.notice(shelf.problems, in: "explanations") { notices.append(notice) }
    }
  }

  private func publishSoon() {
    if ContinuousClock.now - lastPublished > LabRuntime.longestSilence { return publish() }
    guard !isPublishScheduled else { return }
    isPublishScheduled = true
    // Runs when everything that has come so far is taken in.
    Task { self.publish() }
  }

  private func publish() {
    isPublishScheduled = false
    lastPublished = .now
    onSnapshot(snapshot)
  }

  private func readCards() {
    guard let cards else { return }
    let door = door
    cardsTask = Task.detached { door.yield(.cardsReady(CardShelf.load(from: cards))) }
  }

  private func prepareIdentities() {
    let declarations = catalog.identities
    let directory = surroundings.keepsNothing ? nil : surroundings.state.pki
    let now = surroundings.now()
    let door = door
    identitiesTask = Task.detached {
      do throws(Failure) {
        let store = try PKIStore.prepare(declarations: declarations, directory: directory, now: now)
        door.yield(.identitiesReady(store, notice: nil))
      } catch {
        // Lessons go on with certificates that live in memory alone.
        guard let store = try? PKIStore.prepare(declarations: declarations, directory: nil, now: now) else {
          return
        }
        let reason = error.verbatim.first ?? error.code.rawValue
        door.yield(.identitiesReady(store, notice: "Certificates are kept in memory only: \(reason)"))
      }
    }
  }

  /// Has the bench perform what is about sockets, and the machine's programs what is about them.
  func perform(_ effects: [Effect]) {
    lessonBench?.perform(effects)
    for effect in effects {
      if effect == .wipe { programs.endAll() }
      if case .runProgram(let actor, let order) = effect { run(order, as: actor) }
      if case .tryKey(let end, let identity, let client, let server) = effect, let pki {
        let reading = pki.reading(client: client, server: server, withKeyOf: identity)
        door.yield(.fact(.keyTried(end, identity: identity, reading), bench: .lesson, at: .now))
      }
    }
  }

  private func run(_ order: ProgramOrder, as actor: ActorID) {
    guard let pki else { return }
    let (door, generation) = (door, programs.generation)
    door.yield(.fact(.programStarted(actor, order), bench: .lesson, at: .now))
    programs.run(order, pki: pki) { end in
      door.yield(.programEnded(actor, end, run: generation, at: .now))
    }
  }

  /// A bench whose facts come in through the one door.
  func makeBench(_ name: BenchName, _ pki: PKIStore) -> Workbench {
    let door = door
    return Workbench(
      contexts: Contexts(pki: pki, now: surroundings.now),
      site: SiteHost(
        authorityPEM: pki.certificatePEM(named: "lab-ca") ?? [], authority: pki.summary(named: "lab-ca"),
        certificate: pki.summary(named: "server"))
    ) { fact in door.yield(.fact(fact, bench: name, at: .now)) }
  }

  func saveProgress() {
    guard !surroundings.keepsNothing, let reason = progressStore.save(progress) else { return }
    if !notices.contains(reason) { notices.append(reason) }
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
