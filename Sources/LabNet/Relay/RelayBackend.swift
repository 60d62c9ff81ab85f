import LabFacts
import LabProtocols
import NIOCore

/// A relay's way to one backend: the dialler on its way there, then the end that it made. A relay may have
/// several of them one after the other; what an earlier one still says counts for nothing.
final class RelayBackend {
  let id: EndID
  private(set) var isConnecting = true
  private(set) var wasUp = false
  private(set) var end: LiveEnd?
  private(set) var handler: RelayHandler?
  private var dialler: Dialler?

  init(id: EndID) { self.id = id }

  /// Begins. `onUp` and `onFailure` come at most once each, and never both before the connection is up.
  func dial(
    _ order: ConnectOrder, for run: RelayRun, core: BenchCore, sink: @escaping FactSink,
    greeting: StartTLSClient.Greeting,
    onUp: @escaping () -> Void, onFailure: @escaping (Failure) -> Void
  ) {
    let dialler = Dialler(
      id, order, core: core, sink: sink, greeting: greeting,
      application: { [weak self, weak run] end, channel in
        guard let self, let run else { throw ChannelError.ioOnClosedChannel }
        // Each address that is tried has a channel of its own.
        let handler = RelayHandler(party: .backend, run: run)
        (self.end, self.handler) = (end, handler)
        try channel.pipeline.syncOperations.addHandler(handler)
      },
      onReady: { [weak self] in
        self?.isConnecting = false
        self?.wasUp = true
        onUp()
      },
      onFailure: { [weak self] failure in
        self?.isConnecting = false
        onFailure(failure)
      })
    self.dialler = dialler
    dialler.dial()
  }

  func close(_ manner: CloseManner) {
    if isConnecting { dialler?.cancel() } else { end?.close(manner) }
  }
}
