import ArgumentParser
import LabCatalog
import LabCore
import LabFacts
import LabRuntime

/// `netlab scan`: asks a TLS server many times, each time a little differently.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Ask a TLS server what it takes: versions, suites, names, certificate.",
    discussion: """
      Each line is one connection that was made a moment ago. It ends by itself. Ask servers of your own, or
      of those who agree. Exit code: 0 where the certificate is trusted, 1 where it isn't, 2 wrong use.
      """)

  @Argument(help: ArgumentHelp("Where to: HOST:PORT.", valueName: "target"))
  var target: String

  @Option(
    help: ArgumentHelp("imap, smtp or pop3: ask for TLS in that protocol first.", valueName: "protocol"))
  var starttls: String?

  @Option(help: ArgumentHelp("Seconds for each connection.", valueName: "seconds"))
  var timeout: Double = 5

  @OptionGroup var tls: ClientTLSFlags
  @OptionGroup var data: DataOption

  func validate() throws {
    guard 0.1...600 ~= timeout else { throw ValidationError("--timeout wants seconds from 0.1 to 600.") }
  }

  func run() throws {
    let plan = try plan()
    let read = IdentityFile.read(from: .disk(root: try data.find()))
    for problem in read.problems { Machine.complain(problem.description) }
    guard read.problems.isEmpty else { throw Exit.unable }
    let session = ScanSession(
      order: plan.order, request: plan.request,
      surroundings: Service.Surroundings(
        identities: read.identities, state: Machine.state, now: Machine.now))
    switch Waiting.wait(for: { await session.run() }) {
    case true?: return
    case false?: throw Exit.differed
    case nil: throw Exit.unable
    }
  }

  private func plan() throws -> (order: ConnectOrder, request: TLSRequest) {
    do {
      let spec = try TargetSpec.parse(target)
      let names = try spec.names(sni: tls.sni, verifyName: tls.verifyName)
      var request = try tls.request(target: spec.endpoint.host)
      request.options.serverName = names.asked
      request.options.expectedName = names.expected
      var wishes = TargetSpec.Wishes()
      wishes.tls = request.options
      wishes.timeoutMilliseconds = Int(timeout * 1000)
      if let starttls {
        guard let mail = MailProtocol(rawValue: starttls) else {
          throw UsageProblem.unknown("protocol", starttls, among: MailProtocol.allCases.map(\.rawValue))
        }
        wishes.starttls = mail
      }
      return (try spec.order(wishes), request)
    } catch let problem as UsageProblem {
      throw ValidationError(problem.message)
    }
  }
}

/// One scan: probe after probe, each on a connection of its own.
struct ScanSession: Sendable {
  let order: ConnectOrder
  let request: TLSRequest
  let surroundings: Service.Surroundings

  /// Is the certificate trusted? Nothing where no question could be asked.
  func run() async -> Bool? {
    var materials = ServiceMaterials()
    let options = materials.add(request, tag: "scan")
    let service: Service
    do throws(Failure) {
      service = try Service(surroundings, materials: materials) { _, _ in }
    } catch {
      Machine.complain(error.verbatim.first ?? error.code.rawValue)
      return nil
    }
    let trusted = await ask(options, service)
    await service.shutDown()
    return trusted
  }

  private func ask(_ options: TLSOptions, _ service: Service) async -> Bool? {
    print("Asking \(order.to), one connection a line.")
    var last: EndState?
    for (number, probe) in ScanProbe.first(options).enumerated() {
      guard let end = await answer(probe, number + 1, service) else { return nil }
      if number == 0, end.opening == nil { return unreachable(end) }
      if let line = ScanReport.line(probe, end) { print(line) }
      last = end
    }
    if let last { for line in ScanReport.chain(last) { print(line) } }
    let orders = ScanProbe.orders(options)
    guard let one = await answer(orders[0], 101, service), let other = await answer(orders[1], 102, service)
    else { return nil }
    print(ScanReport.preference(one, other))
    return last?.tls.established != nil
  }

  private func unreachable(_ end: EndState) -> Bool? {
    let failure = end.failures.first
    Machine.complain(
      "\(order.to) can't be reached: \(failure?.code.rawValue ?? "unknown"). "
        + (failure?.verbatim.first ?? ""))
    return nil
  }

  private func answer(_ probe: ScanProbe, _ number: Int, _ service: Service) async -> EndState? {
    let id = EndID("scan", number)
    var order = order
    order.tls = probe.options
    await service.perform([.connect(id, order)])
    let lab = await service.wait { lab in
      lab.ends[id].map { $0.tls.established != nil || $0.isOver || !$0.failures.isEmpty } ?? false
    }
    await service.perform([.close(id, .clean)])
    return lab.ends[id]
  }
}
