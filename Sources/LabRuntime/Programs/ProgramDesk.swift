import Foundation
import LabFacts
import LabTLS

/// The programs of the machine that a lesson runs. Belongs to the runtime; their ends come in through its door.
struct ProgramDesk {
  /// Told apart, so that a program of the run before is not taken for one of this run.
  private(set) var generation = 0
  /// Where their home folders are made.
  private let folder: String
  /// Closing a descriptor ends the program that waits at its other side.
  private var stops: [Int32] = []
  private var tasks: [Task<Void, Never>] = []

  init(folder: String = NSTemporaryDirectory()) { self.folder = folder }

  /// Starts it on a thread of its own. `tell` is called there once, at its end.
  mutating func run(_ order: ProgramOrder, pki: PKIStore, tell: @escaping @Sendable (ProgramEnd) -> Void) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return tell(ProgramStage.failed(errno)) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (ear, mouth) = (ends[0], ends[1])
    stops.append(mouth)
    let stage = ProgramStage(order: order, pki: pki, stop: ear, folder: folder)
    tasks.append(
      Task.detached {
        await withCheckedContinuation { continuation in
          Thread.detachNewThread {
            tell(stage.run())
            close(ear)
            continuation.resume()
          }
        }
      })
  }

  /// Kills what runs. Nothing it says is taken any more.
  mutating func endAll() {
    generation += 1
    for mouth in stops { close(mouth) }
    stops = []
  }

  /// What is not cleared away yet. Wait for all of it at the end.
  mutating func takeTasks() -> [Task<Void, Never>] {
    defer { tasks = [] }
    return tasks
  }
}
