import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// The sandbox as a value: edits, faults and what differs. No sockets.
@Suite struct SandboxTests {
  static let catalog = Catalog.load(from: ShippedCatalogTests.folder).catalog

  /// Every kind of program there is: a plain and a TLS pair, mail, and relays.
  static let circle: [ActorDeclaration] =
    read(
      """
      imap: { role: server, kind: imap, transport: plain, identity: server }
      mail: { role: client, transport: tls, connect: imap, starttls: imap, trust: [lab-ca], name: netlab.test }
      web: { role: server, kind: http, transport: plain }
      dual: { role: relay, transport: tls, identity: server, route: dual, to: { tls: imap, http: { actor: web, transport: tls, trust: [lab-ca], name: none, tls: { max: "1.2" } } } }
      users: { role: relay, transport: plain, route: imap, to: { user1: imap }, others: imap }
      prx: { role: relay, transport: plain, route: socks, login: { user: u, password: p } }
      far: { role: client, transport: plain, connect: { host: "127.0.0.1", port_of: web }, via: { proxy: prx, speak: socks5, login: { user: u, password: p } } }
      """) + SandboxSetup.fresh.actors

  /// The programs a lesson file would declare so.
  static func read(_ text: String) -> [ActorDeclaration] {
    let log = ProblemLog(file: "actors")
    let actors = YamlFile.root(text, log).map(ActorReader.actors) ?? []
    #expect(log.problems.map(\.description) == [])
    return actors
  }

  /// The same program, written as a lesson file has it and read again.
  static func again(_ actor: ActorDeclaration) -> ActorSettings? {
    read("\(actor.id): \(SettingMap.declaration(actor))").first?.settings
  }

  @Test(arguments: circle.map(\.id))
  func `every value that can be turned to is kept, shown, and read again from a lesson file`(id: ActorID)
    throws
  {
    let actor = try #require(Self.circle.first { $0.id == id })
    let setup = SandboxSetup(actors: Self.circle)
    #expect(Self.again(actor) == actor.settings)
    for row in SandboxSettings.rows(for: actor) {
      for option in row.options(Self.catalog, setup) where !option.isEmpty {
        var place = SandboxSetting.Place(settings: actor.settings, talk: SandboxSetup.Talk())
        #expect(row.write(&place, option), "\(row.key) can be \(option)")
        let isUsual = option == row.unset && row.read(place).isEmpty
        #expect(isUsual || row.read(place) == option, "\(row.key) is \(option)")
        // These change what else a program can say.
        guard row.yaml != nil, !["kind", "route", "listen.port_of"].contains(row.key) else { continue }
        let changed = ActorDeclaration(id: id, role: actor.role, settings: place.settings)
        guard changed.transport == actor.transport else { continue }
        #expect(Self.again(changed) == place.settings, "\(row.key) as \(option)")
      }
    }
  }

  @Test(arguments: [
    ("backlog", "many"), ("tls.min", "1.4"), ("connect", "nobody"), ("clock", "yesterday"),
    ("faults", "{ slwo: 1 }"), ("sends2", "x"), ("via", "prx"), ("tls.ignore_verify", "10, x"),
    ("verify", "maybe"),
  ])
  func `what a setting can't be is said and changes nothing`(key: String, text: String) {
    var state = SandboxState()
    state.take(.set(key == "backlog" ? "tsrv" : "tcli", setting: key, to: text), Self.catalog)
    #expect(state.note != nil)
    #expect(state.changes == [])
    #expect(state.past == [])
  }

  @Test func `edits are told apart, taken back and made again`() {
    var state = SandboxState()
    state.take(.set("tcli", setting: "verify", to: "false"), Self.catalog)
    state.take(.turn("tsrv", setting: "tls.max", by: -1), Self.catalog)
    #expect(state.changes.map(\.words) == ["tsrv tls max 1.3", "tcli verify false"])
    #expect(state.subject == "tcli")
    state.take(.undo, Self.catalog)
    #expect(state.changes.map(\.words) == ["tcli verify false"])
    state.take(.redo, Self.catalog)
    #expect(state.changes.count == 2)
    state.take(.undo, Self.catalog)
    state.take(.set("cli", setting: "sends", to: "Sabine"), Self.catalog)
    #expect(state.subject == "cli")
    state.take(.redo, Self.catalog)
    #expect(state.note == "There is nothing to redo.")
    for _ in 1...3 { state.take(.undo, Self.catalog) }
    #expect(state.changes == [])
    #expect(state.note == "There is nothing to undo.")
  }

  @Test(arguments: circle.map(\.id))
  func `every fault goes in with one key and out with the next`(id: ActorID) throws {
    let actor = try #require(Self.circle.first { $0.id == id })
    let run = LessonRun(
      lesson: Lesson(
        id: "x", code: "X1", track: "", title: "", question: "", layout: Lesson.Layout(), actors: Self.circle),
      catalog: Self.catalog)
    let faults = SandboxFault.all(for: actor)
    #expect(Set(faults.map(\.name)).count == faults.count)
    for fault in faults {
      var state = SandboxState(run)
      #expect(!state.has(fault, at: id), "\(fault.name) is in from the start")
      state.take(.fault(id, fault.name), Self.catalog)
      #expect(state.has(fault, at: id), "\(fault.name) goes in")
      #expect(state.note == nil)
      state.take(.fault(id, fault.name), Self.catalog)
      #expect(state.setup == state.base, "\(fault.name) goes out")
    }
  }

  @Test func `on a lesson it is about the client of the newest connection, or the first`() {
    let actors = ["early", "late", "last"].map {
      ActorDeclaration(id: ActorID($0), role: .client, settings: ActorSettings())
    }
    let run = LessonRun(
      lesson: Lesson(
        id: "x", code: "X1", track: "", title: "", question: "", layout: Lesson.Layout(), actors: actors),
      catalog: Self.catalog)
    #expect(SandboxState(run).subject == "early")
    var lab = LabState()
    for (number, end) in [EndID("early", 1), EndID("late", 1), EndID("page", 1)].enumerated() {
      let order = Fact.connecting(end, Fact.Connecting(to: Endpoint("127.0.0.1", 7777), transport: .plain))
      Lab.reduce(&lab, StampedFact(number: number + 1, microseconds: 0, fact: order))
    }
    #expect(SandboxState(run, in: lab).subject == "late")
  }

  @Test func `left and opened again it is as it was, on the same programs only`() {
    var state = SandboxState()
    #expect(state.resumed(on: SandboxState()).note == nil)
    state.take(.fault("tsrv", "refuse-accept"), Self.catalog)
    let again = state.resumed(on: SandboxState())
    #expect(again.setup == state.setup)
    #expect(again.note == "As you left it.")
    // Left while a run was at work: the edits are there, the run is not.
    _ = state.begin(LabState())
    #expect(state.isRunning)
    let after = state.resumed(on: SandboxState())
    #expect(after.setup == state.setup)
    #expect(!after.isRunning)
  }

  @Test func `a handshake may take as long as in a lesson file`() {
    var state = SandboxState()
    state.take(.set("tcli", setting: "handshake_seconds", to: "3600"), Self.catalog)
    #expect(state.note == nil)
    #expect(state.changes.map(\.words) == ["tcli handshake s 3600"])
    state.take(.set("tcli", setting: "handshake_seconds", to: "3601"), Self.catalog)
    #expect(state.note == "handshake s can't be 3601.")
  }

  @Test func `the settings know all that a lesson file can say of a program`() {
    let known = Set(
      SandboxSettings.all.filter { $0.yaml != nil }.map { String($0.key.split(separator: ".")[0]) })
    let words = Set(ActorReader.settingKeys + RelayReader.keys)
    #expect(words.subtracting(known) == [])
    #expect(known.subtracting(words) == [])
  }

  @Test func `programs of the machine stay outside, and a client of netlab's comes instead`() throws {
    let actors = Self.read(
      """
      tsrv: { role: server, kind: http, transport: tls, identity: server }
      curl1: { role: program, program: curl }
      """)
    let setup = SandboxSetup(ofLesson: actors)
    #expect(setup.actors.map(\.id) == ["tsrv", "cli"])
    let client = try #require(setup.actor("cli"))
    #expect(client.transport == .tls)
    #expect(client.settings.trust == ["lab-ca"])
    #expect(setup.talks["cli"]?.sends == #"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"#)
  }

  @Test(arguments: [
    ("Herbert", Array("Herbert".utf8)), (#"a\r\n"#, [97, 13, 10]), (#"\x16\x03\x01"#, [22, 3, 1]),
    (#"\\x"#, [92, 120]),
    (#"\x1"#, Array("x1".utf8)), ("\\", [92]),
  ])
  func `typed text stands for bytes`(text: String, bytes: [UInt8]) {
    #expect(TypedBytes.bytes(text) == bytes)
  }
}
