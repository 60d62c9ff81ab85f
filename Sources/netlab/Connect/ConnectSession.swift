import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabViews
import Synchronization

/// One run of `netlab connect`: a relay from stdin and stdout to the target.
struct ConnectSession {
  enum Outcome { case ended, failed }

  private static let actor: ActorID = "connect"
  private static let end = EndID(actor.backend, 1)

  let plan: ConnectPlan
  let show: ConnectShowFlags
  let identities: [IdentityDeclaration]
  let readCatalog: () throws -> Catalog

  func run() throws -> Outcome {
    let teller = ConnectTeller(
      setting: plan.setting(detail: show.verbose), show: show, end: ConnectSession.end)
    var watcher: StdioPump.Watcher?
    if show.hexdump { watcher = { teller.tell($0, bytes: $1) } }
    guard let pump = StdioPump(readsInput: !show.ladderOnly, watch: watcher) else {
      Machine.complain("The kernel gives no pair of sockets: errno \(errno).")
      throw Exit.unable
    }
    let (service, order) = try service(teller)
    let closesWhenUp = show.ladderOnly
    let lab = Waiting.wait {
      await ConnectSession.carry(service, pump, order, closesWhenUp: closesWhenUp)
    }
    guard let entry = lab.failures.elements.first(where: { ConnectSession.isOurs($0) }) else { return .ended }
    for line in CardLines.brief(entry, in: lab, try readCatalog()) { Machine.complain(line) }
    return .failed
  }

  private func service(_ teller: ConnectTeller) throws -> (Service, ConnectOrder) {
    var materials = ServiceMaterials()
    var order = plan.order
    if let request = plan.request { order.tls = materials.add(request, tag: "connect") }
    do throws(Failure) {
      let service = try Service(
        Service.Surroundings(
          identities: identities, state: Machine.state, telling: show.quiet ? .log : .all, now: Machine.now),
        materials: materials
      ) { teller.tell($0, $1) }
      return (service, order)
    } catch {
      Machine.complain(error.verbatim.first ?? error.code.rawValue)
      throw Exit.unable
    }
  }

  /// Carries bytes until one side has had enough, and closes in order.
  private static func carry(
    _ service: Service, _ pump: StdioPump, _ order: ConnectOrder, closesWhenUp: Bool
  ) async -> LabState {
    let listen = ListenOrder(
      network: .unix, host: "/", transport: .plain, kind: .discard, descriptor: pump.descriptor)
    let relay = RelayOrder(
      listen: listen, route: .fixed(order), apologises: false, showsWholeGreeting: true)
    await service.perform([.relay(actor, relay)])
    pump.start()
    await withTaskGroup { group in
      group.addTask { await pump.outputEnd() }
      group.addTask { await service.wait { isOver($0) || (closesWhenUp && hasSaidAll($0)) } }
      await group.next()
      await service.perform([.close(end, .clean)])
      if await service.now.ends[end] == nil { pump.stop() }
      await service.wait(until: isOver)
      // What has come in goes out before the end: the group waits for it.
    }
    let lab = await service.now
    await service.shutDown()
    return lab
  }

  /// Nothing more can come: the connection has ended, or there was never one.
  private static func isOver(_ lab: LabState) -> Bool {
    if let failures = lab.servers[actor]?.failures, !failures.isEmpty { return true }
    return lab.ends[end]?.isOver ?? false
  }

  /// The way up is climbed, and this end has said that it has nothing to say.
  private static func hasSaidAll(_ lab: LabState) -> Bool {
    lab.ends[end]?.timeline.elements.contains { $0.event == .halfClosed(.sent) } ?? false
  }

  private static func isOurs(_ entry: LabState.FailureEntry) -> Bool {
    entry.end == end || entry.actor == actor.backend || (entry.actor == actor && entry.end == nil)
  }
}

/// Writes what is shown on stderr, from whatever thread it comes.
final class ConnectTeller: Sendable {
  private let show: ConnectShowFlags.Choice
  private let end: EndID
  private let state: Mutex<State>

  private struct State {
    var ladder: LadderText
    var offsets: [Int] = [0, 0]
  }

  init(setting: LadderText.Setting, show: ConnectShowFlags, end: EndID) {
    self.show = show.choice
    self.end = end
    state = Mutex(State(ladder: LadderText(of: end, setting)))
  }

  func tell(_ stamped: StampedFact, _ lab: LabState) {
    switch show {
    case .nothing: break
    case .facts:
      // A key log opens the connection to whoever reads it.
      if case .keyLogged = stamped.fact { return }
      for line in JSONLines.lines(for: [stamped]) { Machine.complain(line) }
    case .steps:
      state.withLock { for line in $0.ladder.take(stamped, in: lab) { Machine.complain(line) } }
    }
  }

  func tell(_ way: StdioPump.Way, bytes: [UInt8]) {
    state.withLock { state in
      let index = way == .sent ? 0 : 1
      let rows = ByteText.rows(bytes, offset: state.offsets[index])
      state.offsets[index] += bytes.count
      Machine.complain(rows.map { (way == .sent ? "> " : "< ") + $0 }.joined(separator: "\n"))
    }
  }
}

extension ConnectShowFlags {
  enum Choice { case nothing, facts, steps }

  var choice: Choice { quiet ? .nothing : json ? .facts : .steps }
}
