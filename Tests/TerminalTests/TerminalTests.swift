import Foundation
import LabCanvas
import LabTesting
import Testing

/// The program as a person meets it: through a terminal.
@Suite(.serialized) struct TerminalTests {
  @Test func `q at the catalog ends it, and the terminal is as it was`() throws {
    try Program.withCatalog { session, _ in
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
      #expect(session.screen.problems == [])
      #expect(session.terminal.isCooked)
    }
  }

  @Test func `a lesson can be gone through to its end, and back to the catalog`() throws {
    try Program.withCatalog(size: Size(100, 30)) { session, _ in
      session.press(.down, .enter)
      try session.expect("SP2 Port hopping")
      var learner = Learner(session)
      try learner.finish()
      session.type("q")
      try session.expect("Catalog")
      try session.wait("SP2 to be marked as done") { screen in
        screen.lines.contains { $0.contains("SP2") && ($0.contains("[x]") || $0.contains("✔")) }
      }
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
    }
  }

  @Test func `any size at any moment is drawn whole`() throws {
    try Program.withCatalog(size: Size(200, 60)) { session, _ in
      session.press(.enter)
      try session.expect("SP1 Two programs, one port")
      for size in [
        Size(140, 40), Size(100, 30), Size(80, 24), Size(79, 23), Size(60, 16), Size(40, 10), Size(80, 24),
      ] {
        session.resize(size)
        try session.wait("a picture of \(size.width)×\(size.height)") {
          $0.lines.first?.contains("SP1") == true && $0.lines.last?.isEmpty == false
        }
      }
      session.press(.control("c"))
      try #expect(session.waitForExit() == .status(0))
      #expect(session.screen.problems == [])
    }
  }

  @Test(arguments: ["$NETLAB", "make -f $STATE/Makefile run", "bash -c '$NETLAB; true'", "bash -c $NETLAB"])
  func `Ctrl-Z gives the shell its terminal, fg brings the picture back`(command: String) throws {
    let program = try Program(["PS1": "shell> ", "NETLAB": Program.path])
    defer { program.remove() }
    try Data("run:\n\t@$(NETLAB) $(ARGS)\n".utf8).write(to: program.state.appendingPathComponent("Makefile"))
    let session = try TerminalSession(
      ["/bin/bash", "--norc", "--noprofile", "-i"], environment: program.environment, size: Size(100, 30))
    try session.expect("shell>")
    session.type(command.replacingOccurrences(of: "$STATE", with: program.state.path) + "\n")
    for round in 1...3 {
      try session.wait("the catalog") { $0.isAlternateScreen && $0.text.contains("Catalog") }
      session.press(.control("z"))
      try session.wait("stop \(round)") { screen in
        !screen.isAlternateScreen && screen.lines.count { $0.contains("Stopped") } == round
      }
      // The shell's own line editor turns this on.
      #expect(session.screen.problems.filter { $0 != "bracketed paste" } == [])
      session.type("fg\n")
    }
    try session.wait("the catalog again") { $0.isAlternateScreen && $0.text.contains("Catalog") }
    session.type("q")
    try session.wait("the shell again") { !$0.isAlternateScreen && $0.text.contains("shell>") }
    session.type("exit\n")
    try #expect(session.waitForExit() == .status(0))
  }

  @Test func `Ctrl-Z stops nothing where no shell could continue it`() throws {
    try Program.withCatalog { session, _ in
      session.press(.control("z"), .escape)
      try session.wait("the screen goes on") { $0.isAlternateScreen && $0.text.contains("This is the top") }
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a signal ends it with the terminal whole`(number: Int32) throws {
    try Program.withCatalog { session, _ in
      session.signal(number)
      let ending = try session.waitForExit()
      #expect(ending == .signal(number) || ending == .status(0))
      #expect(session.screen.problems == [])
    }
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL])
  func `a crash leaves a readable message and a whole terminal`(number: Int32) throws {
    try Program.withCatalog { session, _ in
      session.signal(number)
      try #expect(session.waitForExit() == .signal(number))
      #expect(session.screen.problems == [])
      #expect(session.screen.text.contains("netlab crashed"))
    }
  }

  @Test func `Esc never quits`() throws {
    try Program.withCatalog { session, _ in
      session.press(.escape)
      try session.expect("This is the top")
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
    }
  }

  @Test func `a locale without UTF-8 gets ASCII, all of it`() throws {
    try Program.withCatalog(["LANG": "C", "LC_ALL": "C"]) { session, _ in
      let foreign = session.screen.text.filter { !$0.isASCII }
      #expect(foreign == "")
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
    }
  }

  @Test func `a locale that is not installed still gets its lines and corners`() throws {
    try Program.withCatalog(["LANG": "xx_YY.UTF-8"]) { session, _ in
      try session.wait("a corner") { $0.text.contains("┌") }
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
    }
  }

  @Test func `NO_COLOR is honoured`() throws {
    try Program.withCatalog(["NO_COLOR": "1"]) { session, _ in
      let screen = session.screen
      for y in 0..<24 {
        for x in 0..<80 { #expect(screen.grid[x, y].style.foreground == nil) }
      }
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
    }
  }

  @Test func `a terminal that can't draw gets lines, not a refusal`() throws {
    let program = try Program(["TERM": "dumb"])
    defer { program.remove() }
    let session = try program.start()
    try session.expect("line by line")
    try session.expect("q quit")
    session.type("q\n")
    try #expect(session.waitForExit() == .status(0))
  }

  @Test func `a damaged progress file is set aside, and said`() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.state.appendingPathComponent("netlab")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("{ not json".utf8).write(to: folder.appendingPathComponent("progress.json"))
    let session = try program.start()
    try session.expect("set aside")
    session.type("q")
    try #expect(session.waitForExit() == .status(0))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains { $0.hasPrefix("progress.json.damaged") })
  }

  @Test func `the HTTPS demo shows its address, and the trust steps`() throws {
    try Program.withCatalog(size: Size(100, 30)) { session, _ in
      session.type("D")
      try session.expect("https://localhost:")
      session.type("t")
      try session.expect("curl")
      session.type("q")
      try session.expect("https://localhost:")
      session.type("q")
      try session.expect("Catalog")
      session.type("q")
      try #expect(session.waitForExit() == .status(0))
    }
  }

  @Test func `everything the lab made is for its owner alone`() throws {
    try Program.withCatalog { session, program in
      session.press(.enter)
      try session.expect("SP1 Two programs")
      let pki = program.state.appendingPathComponent("netlab/pki")
      // The lesson opens when the certificates are there.
      for name in try FileManager.default.contentsOfDirectory(atPath: pki.path) where name.hasSuffix(".key") {
        let path = pki.appendingPathComponent(name).path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600, "\(name)")
      }
      let folder = try FileManager.default.attributesOfItem(atPath: pki.path)[.posixPermissions] as? Int
      #expect(folder == 0o700)
      session.press(.control("c"))
      try #expect(session.waitForExit() == .status(0))
    }
  }
}
