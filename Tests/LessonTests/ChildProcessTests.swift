import Foundation
import LabFacts
import Testing

@testable import LabRuntime

/// Programs of the machine as children: how they end, what is kept, what is left of them.
@Suite(.timeLimit(.minutes(2))) struct ChildProcessTests {
  private static func shell(_ script: String, stop: Int32 = -1, limit: Int = 30_000) -> ProgramEnd {
    ChildProcess(
      path: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], stop: stop
    ).run(milliseconds: limit)
  }

  @Test(arguments: [
    ("exit 7", ProgramEnd.Manner.exit(7)), ("true", .exit(0)), ("kill -TERM $$", .signal(15)),
  ])
  func `it says how it ended`(script: String, manner: ProgramEnd.Manner) {
    #expect(Self.shell(script).manner == manner)
  }

  @Test func `a child inherits none of the lab's sockets`() throws {
    // As a listener would be: not closed on exec.
    let near = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(near) }
    let far = fcntl(near, F_DUPFD, 200)
    defer { close(far) }
    try #require(near >= 0 && far >= 200)
    let end = Self.shell("for n in /proc/self/fd/*; do echo ${n##*/}; done")
    let numbers = end.output.kept.split(separator: 0x0a).compactMap {
      Int32(String(decoding: $0, as: UTF8.self))
    }
    #expect(numbers.contains(1))
    #expect(!numbers.contains(near) && !numbers.contains(far), "\(numbers)")
  }

  @Test func `what can't be started says why`() {
    let child = ChildProcess(path: "/nonexistent/program", arguments: [], environment: [:], stop: -1)
    #expect(child.run(milliseconds: 1000).manner == .notStarted(Int(ENOENT)))
  }

  @Test func `its two outputs are kept apart, and it has no input`() {
    let end = Self.shell("echo out; echo err >&2; cat; echo \"$HOME\"")
    #expect(end.output.text == "out\\n\\n")
    #expect(end.errorOutput.text == "err\\n")
    #expect(end.manner == .exit(0))
  }

  @Test func `of a flood only the beginning is kept, and all of it is counted`() {
    let end = Self.shell("head -c 300000 /dev/zero; head -c 200000 /dev/zero >&2")
    #expect(end.output.kept.count == ProgramOrder.outputLimit)
    #expect(end.output.total == 300_000)
    #expect(end.errorOutput.kept.count == ProgramOrder.outputLimit)
    #expect(end.errorOutput.total == 200_000)
  }

  @Test func `one that does not end is killed at its limit`() {
    let end = Self.shell("echo begun; exec sleep 600", limit: 300)
    #expect(end.manner == .timeout)
    #expect(end.output.text == "begun\\n")
    #expect(end.milliseconds >= 300)
  }

  @Test func `it is killed when it is no longer wanted`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[1])
    #expect(Self.shell("exec sleep 600", stop: ends[0]).manner == .signal(9))
    close(ends[0])
  }

  /// Whoever still lives holds this pipe's writing end.
  @Test func `its helpers end with it`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let end = Self.shell("sleep 600 & echo helper; exit 3")
    close(ends[1])
    #expect(end.manner == .exit(3))
    #expect(end.output.text == "helper\\n")
    var ear = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    #expect(poll(&ear, 1, 60_000) == 1)
    #expect(ear.revents & Int16(POLLHUP) != 0)
    close(ends[0])
  }
}
