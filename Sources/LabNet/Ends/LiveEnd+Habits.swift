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
    let allocator = FixedSizeRecvByteBufferAllocator(capacity: max(1, maximum))
    channel.setOption(.recvAllocator, value: allocator).assumeIsolated().whenComplete { _ in
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
