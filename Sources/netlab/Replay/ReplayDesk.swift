import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import Synchronization

/// Shows a saved run. It opens no socket, makes no certificate and writes nothing by itself.
final class ReplayDesk: Backstage {
  private let saved: SavedRun
  private let replay: Mutex<(replay: Replay, intents: Int)>
  private let catalog: Catalog
  private let environment: EnvironmentInfo
  private let mailbox: Mailbox

  init(
    _ saved: SavedRun, _ replay: Replay, _ catalog: Catalog, _ environment: EnvironmentInfo,
    _ mailbox: Mailbox
  ) {
    self.saved = saved
    self.replay = Mutex((replay, 0))
    self.catalog = catalog
    self.environment = environment
    self.mailbox = mailbox
  }

  func start() async { mailbox.put(snapshot(of: replay.withLock { $0 })) }

  func send(_ intent: Intent) {
    let now = replay.withLock { desk in
      desk.replay.take(intent)
      desk.intents += 1
      return desk
    }
    mailbox.put(snapshot(of: now))
  }

  func shutDown() async {}

  func taken() async -> (saved: SavedRun?, run: LessonRun?) { (saved, nil) }

  private func snapshot(of desk: (replay: Replay, intents: Int)) -> LabSnapshot {
    var snapshot = desk.replay.snapshot(catalog, environment)
    snapshot.intentsTaken = desk.intents
    return snapshot
  }
}
