import Foundation
import LabCapture
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// A run in one of the forms it can be taken along in.
struct RunFile {
  let bytes: [UInt8]
  /// What whoever keeps the file should know.
  var remarks: [String] = []

  /// Nothing where this form needs the lesson's own run.
  init?(_ export: Export, _ saved: SavedRun, _ run: LessonRun?) {
    switch export {
    case .transcript: bytes = RunFile.text(Transcript.lines(of: RunFile.log(saved)))
    case .json: bytes = RunFile.text(saved.lines)
    case .handout:
      guard let run else { return nil }
      let lab = saved.facts.reduce(into: LabState()) { Lab.reduce(&$0, $1) }
      bytes = RunFile.text(HandOut.lines(of: run, lab))
    case .pcapng:
      let capture = Capture(
        saved.facts, .init(program: Version.text, title: saved.title, began: saved.began))
      bytes = capture.bytes
      remarks = [RunFile.secrets(capture, saved)] + capture.leftOut
    }
  }

  private static func log(_ saved: SavedRun) -> FactLog {
    saved.facts.reduce(into: FactLog()) { $0.append($1) }
  }

  private static func text(_ lines: [String]) -> [UInt8] {
    Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func secrets(_ capture: Capture, _ saved: SavedRun) -> String {
    if capture.secretCount > 0 {
      return
        "\(capture.packetCount) packets, and the secrets that decrypt them: whoever has this file reads all of it."
    }
    let hasTLS = saved.facts.contains {
      if case .tlsStarted = $0.fact { return true }
      return false
    }
    return "\(capture.packetCount) packets"
      + (hasTLS ? ", without secrets (a saved run has none): what is under TLS stays closed." : ".")
  }

  /// Writes it for this person alone, from its first byte on: there may be secrets in it. The file of that name
  /// stays as it is until all is written.
  func write(to path: String) throws {
    let beside = "\(path).\(UUID().uuidString)"
    let descriptor = open(beside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Trouble(number: errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.close()
      guard rename(beside, path) == 0 else { throw Trouble(number: errno) }
    } catch {
      unlink(beside)
      throw error
    }
  }

  /// Why a file can't be written, in the system's words.
  private struct Trouble: LocalizedError {
    let number: Int32
    var errorDescription: String? { String(cString: strerror(number)) }
  }
}

extension Export {
  /// How the name of such a file ends.
  var suffix: String {
    switch self {
    case .transcript: "txt"
    case .json: "jsonl"
    case .handout: "md"
    case .pcapng: "pcapng"
    }
  }
}
