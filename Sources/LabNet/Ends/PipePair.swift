import LabFacts
import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One end of a pair of pipes: what it reads, and what it writes.
struct PipeEnds {
  let input: Int32
  let output: Int32
  /// What stands for an address: pipes have none.
  var local = Endpoint.pipe("")
  var peer = Endpoint.pipe("")

  /// Makes a channel of it, on this loop. The descriptors belong to the channel from now on.
  func open(
    on loop: any EventLoop, initialize: @escaping (any Channel) throws -> Void
  ) -> EventLoopFuture<any Channel> {
    let initialize = NIOLoopBound(initialize, eventLoop: loop)
    let isTaken = NIOLoopBoundBox(false, eventLoop: loop)
    let opened = NIOPipeBootstrap(group: loop)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        isTaken.value = true
        return channel.eventLoop.makeCompletedFuture { try initialize.value(channel) }
      }
      .takingOwnershipOfDescriptors(input: input, output: output)
    // What fails with a channel there, NIO has closed: another may have these numbers by now.
    opened.whenFailure { _ in if !isTaken.value { close() } }
    return opened
  }

  func close() {
    for descriptor in [input, output] { _ = closeDescriptor(descriptor) }
  }
}

/// Two pipes, so that two ends of one process hear each other without a socket.
struct PipePair {
  let client: PipeEnds
  let server: PipeEnds

  /// Throws what pipe() said.
  init(client name: EndID, server: Endpoint) throws(IOError) {
    let up = try PipePair.pipe()
    let down: (read: Int32, write: Int32)
    do throws(IOError) { down = try PipePair.pipe() } catch {
      PipeEnds(input: up.read, output: up.write).close()
      throw error
    }
    let own = Endpoint.pipe(name.description)
    client = PipeEnds(input: down.read, output: up.write, local: own, peer: server)
    self.server = PipeEnds(input: up.read, output: down.write, local: server, peer: own)
  }

  /// No program that the lab starts inherits it.
  private static func pipe() throws(IOError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard makePipe(&ends) == 0 else { throw IOError(errnoCode: errno, reason: "pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
private func makePipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }
