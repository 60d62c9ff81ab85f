import Foundation
import LabCore
import LabFacts
import LabRuntime

/// A run of `netlab serve`: all listeners or none, then facts until a signal ends it.
struct ServeSession: Sendable {
  let plans: [ListenPlan]
  let surroundings: Service.Surroundings
  let flags: ServeLogFlags
  let graceMilliseconds: Int

  /// One socket to listen on.
  private struct Listener: Sendable {
    let actor: ActorID
    let order: ListenOrder
    let title: String
  }

  /// False where a server could not start.
  func run() async -> Bool {
    var materials = ServiceMaterials()
    let listeners = listeners(&materials)
    warn()
    let signals = ProgramSignals(ServeEvent.meanings, every: flags.interval, .table)
    let output = ServeOutput(flags, titles: listeners.map { ($0.actor, $0.title) })
    let service: Service
    do throws(Failure) {
      service = try Service(surroundings, materials: materials) { stamped, _ in output.take(stamped) }
    } catch {
      Machine.complain(error.verbatim.first ?? error.code.rawValue)
      return false
    }
    guard await start(listeners, on: service) else { return false }
    await serve(listeners, service, signals, output)
    await service.shutDown()
    output.end()
    return true
  }

  private func listeners(_ materials: inout ServiceMaterials) -> [Listener] {
    var listeners: [Listener] = []
    for (number, plan) in plans.enumerated() {
      let options = plan.tls.map { materials.add($0, tag: "listener \(number + 1)") }
      for order in plan.orders {
        var order = order
        order.tls = options
        listeners.append(
          Listener(actor: ActorID("serve\(listeners.count + 1)"), order: order, title: plan.title))
      }
    }
    return listeners
  }

  /// Verification that was weakened on purpose is said aloud, whatever else is quiet.
  private func warn() {
    for plan in plans {
      guard let codes = plan.tls?.options.ignoredVerifyErrors, !codes.isEmpty else { continue }
      let names = codes.map { "\($0) \(VerifyErrors.name($0) ?? "")" }.joined(separator: ", ")
      Machine.complain(
        "warning: \(Notation.escaped(plan.spec.text)) forgives verify errors \(names): it proves less than it seems to."
      )
    }
  }

  private func start(_ listeners: [Listener], on service: Service) async -> Bool {
    let actors = listeners.map(\.actor)
    await service.perform(listeners.map { .listen($0.actor, $0.order) })
    let lab = await service.wait { lab in
      actors.allSatisfy { lab.servers[$0]?.listening != nil || lab.servers[$0]?.failures.isEmpty == false }
    }
    let troubles = listeners.compactMap { listener in
      lab.servers[listener.actor]?.failures.first.map { StartTrouble.words($0, listener.order) }
    }
    guard troubles.isEmpty else {
      for trouble in troubles { Machine.complain(trouble) }
      await service.shutDown()
      return false
    }
    guard !flags.json else { return true }
    for listener in listeners {
      guard let listening = lab.servers[listener.actor]?.listening else { continue }
      ServeOutput.say("listening on \(listening.endpoint) (\(listener.title))")
    }
    return true
  }

  /// Until a signal; then connections finish, and a second signal waits for none.
  private func serve(
    _ listeners: [Listener], _ service: Service, _ signals: ProgramSignals<ServeEvent>, _ output: ServeOutput
  ) async {
    var isStopping = false
    for await signal in signals.stream {
      switch signal {
      case .table: output.showTable()
      case .over: return
      case .stop:
        guard !isStopping else { return }
        isStopping = true
        drain(listeners.map(\.actor), service, signals.door)
      }
    }
  }

  private func drain(
    _ actors: [ActorID], _ service: Service, _ door: ProgramSignals<ServeEvent>.Door
  ) {
    let grace = graceMilliseconds
    Task {
      await service.perform(actors.map { .drain($0, milliseconds: grace) })
      await service.wait { lab in actors.allSatisfy { lab.servers[$0]?.isDrained == true } }
      door.yield(.over)
    }
    // Whoever does not even take the goodbye is not waited for.
    Task {
      try? await Task.sleep(for: .milliseconds(grace + 1500))
      door.yield(.over)
    }
  }
}
