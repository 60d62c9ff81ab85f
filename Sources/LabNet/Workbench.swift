package import LabFacts
import NIOCore
import NIOPosix

/// Where effects become sockets. Everything on a bench belongs to one event loop; effects come in from any
/// thread, facts go out through the sink in the order they happened.
package final class Workbench: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let core: NIOLoopBoundBox<BenchCore?>
  private let loop: any EventLoop

  /// How often the kernel's socket table is read while the bench has sockets.
  package static let kernelIntervalMilliseconds = 250

  /// `site` answers for *http* servers; `sink` gets every fact, as many as `detail` lets it. Without
  /// `watchesKernel` the kernel's table is left alone, as suits a server with thousands of sockets.
  package init(
    contexts: Contexts, site: SiteHost, detail: Detail = .full, watchesKernel: Bool = true,
    sink: @escaping FactSink
  ) {
    // One loop for the sockets; another for the kernel's table, whose reading may take its time.
    group = MultiThreadedEventLoopGroup(numberOfThreads: watchesKernel ? 2 : 1)
    let loop = group.next()
    let samplerLoop = watchesKernel ? group.next() : nil
    self.loop = loop
    core = NIOLoopBoundBox.makeEmptyBox(valueType: BenchCore.self, eventLoop: loop)
    let core = core
    loop.execute {
      core.value = BenchCore(
        loop: loop, samplerLoop: samplerLoop, contexts: contexts, site: site, detail: detail, sink: sink)
    }
  }

  /// Performs effects in order. Returns at once.
  package func perform(_ effects: [Effect]) {
    guard !effects.isEmpty else { return }
    let core = core
    loop.execute { for effect in effects { core.value?.perform(effect) } }
  }

  /// Closes everything and ends the threads. No fact follows.
  package func shutDown() async {
    let core = core
    try? await loop.submit { core.value?.dispose() }.get()
    try? await group.shutdownGracefully()
  }
}
