import LabFacts
import NIOCore

/// What a program does otherwise than other programs: reading when it is told to, and faults on purpose.
extension LiveEnd {
  /// Everything beneath the application is up. Proxies, STARTTLS and handshakes need their answers read.
  func arrived() {
    guard settings.habits.readsWhenTold, let channel else { return }
    wire?.readWhenTold()
    channel.setOption(.autoRead, value: false).assumeIsolated().whenComplete { _ in }
    // One recv() for each read that is asked for.
    channel.setOption(.maxMessagesPerRead, value: 1).assumeIsolated().whenComplete { _ in }
  }

  /// One read of at most so many bytes, as soon as there are any.
  func read(maximum: Int) {
    guard let channel else { return }
    let buffers = ExactReadBuffers(count: max(1, maximum))
    channel.setOption(.recvAllocator, value: buffers).assumeIsolated().whenComplete { _ in
      self.wire?.readNow(maximum: max(1, maximum))
    }
  }

  /// Reads by itself from now on.
  func readAlways() {
    guard let channel else { return }
    reporter.report(.read(id, .always))
    wire?.readByItself()
    channel.setOption(.recvAllocator, value: AdaptiveRecvByteBufferAllocator()).assumeIsolated()
      .whenComplete { _ in }
    channel.setOption(.maxMessagesPerRead, value: 4).assumeIsolated().whenComplete { _ in }
    channel.setOption(.autoRead, value: true).assumeIsolated().whenComplete { _ in }
  }

  func setFaults(_ list: [WireFault]) {
    guard let channel else { return }
    if let faults {
      faults.replace(list)
    } else if !list.isEmpty {
      try? addFaults(list, in: channel.pipeline.syncOperations)
    }
    layers.first?.stall = TLSHandler.Stall(list)
    layers.first?.flushesBeforeUp = faults != nil
    reporter.report(.faultsChanged(id, list))
  }

  /// Between the engine and the wire, where what crosses is counted as it crosses.
  func addFaults(_ list: [WireFault], in pipeline: ChannelPipeline.SynchronousOperations) throws {
    guard let wire else { return }
    let handler = FaultHandler(list, reporter: reporter)
    faults = handler
    try pipeline.addHandler(handler, position: .after(wire))
  }
}

/// Gives recv() room for exactly so many bytes, so that the kernel keeps the others in its queue. NIO's own
/// allocator rounds up to a power of two, and its pool would hand out any larger buffer it has. One from
/// before can still come once, at the first such read; the handler at the wire keeps what is too much.
private struct ExactReadBuffers: RecvByteBufferAllocator {
  let count: Int

  func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
    var buffer = allocator.buffer(capacity: count)
    let surplus = buffer.writableBytes - count
    buffer.moveWriterIndex(forwardBy: surplus)
    buffer.moveReaderIndex(forwardBy: surplus)
    return buffer
  }

  /// "It may grow": then the pool does not clear a buffer, and with it its bounds, to use it again.
  mutating func record(actualReadBytes: Int) -> Bool { true }
}
