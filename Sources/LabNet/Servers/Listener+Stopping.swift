import LabFacts
import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a server stops: at once, slowly, or without a word.
extension Listener {
  /// `accept or die`: the program ends with its first failed handshake, and its kernel closes what it had.
  func connectionFailed(_ failure: Failure) {
    guard failure.phase.isBeforeEstablished, !isFinished else { return }
    core.loop.assumeIsolated().execute {
      self.stop()
      for id in self.open { self.core.ends[id]?.close(.fin) }
    }
  }

  func setAccepting(_ accepting: Bool) {
    guard !awaitsPipes else { return setAcceptingPipes(accepting) }
    let sink = sink
    let actor = actor
    channel?.setOption(.autoRead, value: accepting).whenSuccess { sink(.acceptingChanged(actor, accepting)) }
  }

  /// Stops listening; connections go on.
  func stop() {
    isFinished = true
    isDraining = isDraining || relay?.maxConnections != nil
    datagrams?.stop()
    if awaitsPipes {
      closePipes()
      sink(.stoppedListening(actor))
    }
    guard let channel else { return }
    self.channel = nil
    let sink = sink
    let actor = actor
    channel.giveUpPort()
    channel.close().whenComplete { _ in sink(.stoppedListening(actor)) }
    if order.network == .unix { SocketFile.remove(order.host) }
  }

  /// Stops listening and lets connections finish; after the time they are ended.
  func drain(milliseconds: Int) {
    isDraining = true
    stop()
    finishIfDrained()
    core.loop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) {
      for id in self.open { self.core.ends[id]?.close(.clean) }
    }
  }

  func finishIfDrained() {
    guard isDraining, open.isEmpty, channel == nil else { return }
    isDraining = false
    sink(.drained(actor))
  }

  /// Closes without a word, for the end of a run.
  func discard() {
    isFinished = true
    closePipes()
    datagrams?.stop()
    channel?.giveUpPort()
    channel?.close(promise: nil)
    if order.network == .unix, channel != nil { SocketFile.remove(order.host) }
    channel = nil
  }
}

extension Channel {
  /// Ends a listener's LISTEN state before close(). For a moment after fork() a child that is being started holds
  /// the socket too; close() here would leave the listener alive in its hands, with its port taken and clients still
  /// let in. shutdown() is for everyone who holds it. Linux ends LISTEN with it; others may refuse, and lose nothing.
  fileprivate func giveUpPort() {
    guard let descriptor else { return }
    _ = shutdown(CInt(descriptor), CInt(SHUT_RDWR))
  }
}

extension Phase {
  /// Is the connection still on its way up?
  fileprivate var isBeforeEstablished: Bool {
    switch self {
    case .established, .shutdown: false
    case .setup, .resolve, .bind, .listen, .connect, .accept, .proxy, .upgrade, .handshakeStart, .handshake,
      .handshakeAfterCertificate:
      true
    }
  }
}
