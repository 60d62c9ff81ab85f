import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime
import Synchronization

/// Where the listeners of a command come from: its words, its flags, its file.
struct ServeSources {
  let flags: [Setting]
  let config: String?

  /// All listeners, thought through.
  func plans(_ specs: [String]) throws -> [ListenPlan] {
    var sources = ListenPlan.Sources()
    sources.flags = flags
    sources.standardInput = OnceInput().read
    sources.firstLine = { try? Passphrase.firstLine(of: $0) }
    do {
      var listeners = try specs.map { (spec: try ListenSpec.parse($0), own: [Setting]()) }
      if let config {
        let file = try read(config)
        sources.defaults = file.defaults.map { setting($0, config) }
        listeners += try file.listeners.map { listener in
          (spec: try parse(listener, config), own: listener.settings.map { setting($0, config) })
        }
      }
      guard !listeners.isEmpty else {
        throw UsageProblem("\(Notation.escaped(config ?? "")) lists no listener.")
      }
      return try ListenPlan.make(listeners, sources)
    } catch let problem as UsageProblem {
      Machine.complain(problem.message)
      throw Exit.unable
    }
  }

  private func parse(_ listener: ServeFile.Listener, _ file: String) throws -> ListenSpec {
    do throws(UsageProblem) { return try ListenSpec.parse(listener.listen) } catch {
      throw UsageProblem("\(place(listener.place, file)): \(error.message)")
    }
  }

  private func setting(_ setting: ServeFile.Setting, _ file: String) -> Setting {
    Setting(setting.word, setting.value, .file(place(setting.place, file)))
  }

  private func place(_ place: Place, _ file: String) -> String {
    "\(Notation.escaped(file)):\(place.line):\(place.column)"
  }

  private func read(_ path: String) throws -> ServeFile {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else { throw UsageProblem("\(Notation.escaped(path)) can't be read as a text file.") }
    let read = ServeFile.read(text, file: path, words: ListenWords.all)
    guard let file = read.file else {
      for problem in read.problems { Machine.complain(problem.description) }
      throw Exit.unable
    }
    return file
  }

  /// What is in effect, and who said so.
  static func show(_ plans: [ListenPlan]) {
    for plan in plans {
      let hosts = plan.orders.map { order in
        order.network == .unix
          ? "unix:\(order.host)" : Endpoint(order.host, order.preferredPort ?? 0).description
      }
      print("\(Notation.escaped(hosts.joined(separator: " and "))) (\(plan.title))")
      let width = plan.settings.map(\.word.count).max() ?? 0
      for setting in plan.settings.sorted(by: { $0.word < $1.word }) {
        let space = String(repeating: " ", count: width - setting.word.count)
        print("  \(setting.word)\(space)  \(setting.shown)  (\(setting.origin))")
      }
    }
  }
}

/// Standard input, read once however often it is named.
private final class OnceInput: Sendable {
  private let bytes = Mutex<[UInt8]?>(nil)

  func read() -> [UInt8] {
    bytes.withLock { bytes in
      let all = bytes ?? StandardInput.once()
      bytes = all
      return all
    }
  }
}
