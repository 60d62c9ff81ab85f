import LabFacts
import NIOCore

/// Reads the kernel's table of the lab's sockets a few times a second, on a loop of its own, and reports it
/// when it changed. Safe to call from the bench's loop.
final class KernelSampler: Sendable {
  private let loop: any EventLoop
  private let core: NIOLoopBoundBox<Core?>

  init(loop: any EventLoop, sink: @escaping FactSink) {
    self.loop = loop
    core = NIOLoopBoundBox.makeEmptyBox(valueType: Core.self, eventLoop: loop)
    onLoop { $0.value = Core(loop: loop, sink: sink) }
  }

  /// From now on sockets with this port at either end belong to the lab.
  func watch(port: Int) { onLoop { $0.value?.watch(port) } }

  /// Samples in a moment: something has changed, and more may follow at once.
  func sampleSoon() { onLoop { $0.value?.sampleSoon() } }

  /// Samples now and reports even what did not change.
  func sampleNow() { onLoop { $0.value?.sample(force: true) } }

  /// Forgets all ports.
  func forget() { onLoop { $0.value?.forget() } }

  func stop() { onLoop { $0.value?.stop() } }

  private func onLoop(_ body: @escaping @Sendable (NIOLoopBoundBox<Core?>) -> Void) {
    let core = core
    loop.execute { body(core) }
  }

  private final class Core {
    private let loop: any EventLoop
    private let sink: FactSink
    private var ports: Set<Int> = []
    private var last: KernelSample?
    private var diag: SockDiagBox?
    private var triedDiag = false
    private var task: RepeatedTask?
    private var soon: Scheduled<Void>?

    init(loop: any EventLoop, sink: @escaping FactSink) {
      self.loop = loop
      self.sink = sink
    }

    func watch(_ port: Int) {
      ports.insert(port)
      guard task == nil else { return sampleSoon() }
      let interval = TimeAmount.milliseconds(Int64(Workbench.kernelIntervalMilliseconds))
      let me = NIOLoopBound(self, eventLoop: loop)
      task = loop.scheduleRepeatedTask(initialDelay: .zero, delay: interval) { _ in
        me.value.sample(force: false)
      }
    }

    func sampleSoon() {
      guard soon == nil, !ports.isEmpty else { return }
      soon = loop.assumeIsolated().scheduleTask(in: .milliseconds(15)) {
        self.soon = nil
        self.sample(force: false)
      }
    }

    func sample(force: Bool) {
      let sample = read()
      guard force || sample != last else { return }
      last = sample
      sink(.kernel(sample))
    }

    func forget() {
      ports = []
      last = nil
      soon?.cancel()
      soon = nil
      task?.cancel()
      task = nil
    }

    func stop() {
      forget()
      diag = nil
    }

    private func read() -> KernelSample {
      let wanted: (Int, Int) -> Bool = { self.ports.contains($0) || self.ports.contains($1) }
      if !triedDiag {
        triedDiag = true
        diag = SockDiagBox()
      }
      if let sockets = diag?.diag.read(wanted) {
        return KernelSample(source: .sockDiag, sockets: sorted(sockets))
      }
      diag = nil
      return KernelSample(source: .procNet, sockets: sorted(ProcNet.read(wanted) ?? []))
    }

    /// The kernel's order is a hash's; a steady order makes equal tables equal.
    private func sorted(_ sockets: [KernelSocket]) -> [KernelSocket] {
      sockets.sorted {
        ($0.local.port, $0.peer.port, $0.local.host) < ($1.local.port, $1.peer.port, $1.local.host)
      }
    }
  }

  /// A place for a value that can't be copied.
  private final class SockDiagBox {
    let diag: SockDiag

    init?() {
      guard let diag = SockDiag() else { return nil }
      self.diag = diag
    }
  }
}
