package import Foundation
import LabCore
import LabFacts

/// Why a file is no saved run.
package struct SavedRunProblem: Error, Equatable, CustomStringConvertible {
  /// `FILE:LINE: what is wrong`.
  package let description: String
}

extension SavedRun {
  /// Far more than a run's log holds: see the bounds in ARCHITECTURE.md.
  private static let (mostBytes, mostFacts) = (256 * 1024 * 1024, 50_000)
  private static let (mostOfLine, mostSteps) = (1024 * 1024, 1000)
  /// The end of the year 9999, in microseconds.
  private static let latest = 253_402_300_799_000_000

  /// What every version begins with.
  private struct Kind: Decodable {
    let v: Int
    let event: String
  }

  /// Reads a file that netlab saved. Its bytes may be anything.
  package static func read(_ path: String) throws(SavedRunProblem) -> SavedRun {
    let name = Notation.escaped(path)
    let data: Data
    do {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      guard size <= mostBytes else { throw SavedRunProblem(description: "\(name): far too large") }
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch let problem as SavedRunProblem {
      throw problem
    } catch {
      throw SavedRunProblem(description: "\(name): can't be read: \(FileTrouble.reason(error))")
    }
    return try read(data, named: name)
  }

  /// Reads the lines of such a file.
  package static func read(_ data: Data, named name: String) throws(SavedRunProblem) -> SavedRun {
    var run: SavedRun?
    var number = 0
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard !line.isEmpty else { continue }
      func problem(_ words: String) -> SavedRunProblem {
        SavedRunProblem(description: "\(name):\(number): \(words)")
      }
      if run == nil {
        run = try header(line, problem)
        continue
      }
      guard number <= mostFacts else { throw problem("more events than a run has") }
      guard line.count <= mostOfLine, !JSONText.hasHugeNumber(line) else {
        throw problem("this event is larger than any that netlab saves")
      }
      guard let text = JSONText.escaped(line),
        let stamped = try? JSONDecoder().decode(StampedFact.self, from: text)
      else {
        throw problem(
          JSONText.isWhole(line)
            ? "this is no event of a run that this netlab knows"
            : "this line is no JSON: the file is cut off, or was changed")
      }
      guard stamped.number > (run?.facts.last?.number ?? 0), stamped.microseconds >= 0, stamped.isSound else {
        throw problem("this event can't have happened here: its number, time or bytes don't fit")
      }
      run?.facts.append(stamped)
    }
    guard let run else { throw SavedRunProblem(description: "\(name):1: this file is empty") }
    return run
  }

  private static func header(
    _ line: Data, _ problem: (String) -> SavedRunProblem
  ) throws(SavedRunProblem) -> SavedRun {
    let decoder = JSONDecoder()
    let text = (line.count <= mostOfLine ? JSONText.escaped(line) : nil) ?? Data()
    guard let kind = try? decoder.decode(Kind.self, from: text), kind.event == event else {
      throw problem(
        "this is no run that netlab saved (its first line tells of the run; netlab run --json prints "
          + "something else)")
    }
    guard kind.v == version else {
      throw problem("saved in version \(kind.v) of this form, and this netlab reads version \(version)")
    }
    guard let header = try? decoder.decode(Header.self, from: text) else {
      throw problem("its first line does not tell what was run")
    }
    guard header.lesson.isLessonID else {
      throw problem("its lesson has a name that no lesson has: small letters, digits and hyphens")
    }
    let steps = header.steps ?? []
    guard steps.count <= mostSteps, zip(steps, steps.dropFirst()).allSatisfy({ $0.after <= $1.after }) else {
      throw problem("the steps of this run are in no order that a lesson has")
    }
    return SavedRun(
      lesson: header.lesson, title: header.title,
      began: min(max(0, header.began), latest), engine: header.engine, facts: [],
      marks: steps)
  }
}

extension String {
  /// Files are named after it, so it must lead nowhere.
  fileprivate var isLessonID: Bool {
    !isEmpty
      && unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
  }
}

extension StampedFact {
  /// No stream of a run is longer. Saved as packets, a gap in one costs a packet for each 64 KB of it.
  private static let longestStream = 1 << 34

  /// Could netlab have made this? Whoever shows a run relies on it.
  fileprivate var isSound: Bool {
    switch fact {
    case .wire(_, _, let segment):
      (0...StampedFact.longestStream).contains(segment.offset) && segment.bytes.isSound
        && segment.ranges.allSatisfy(\.isSound)
    case .data(_, _, let bytes): bytes.isSound
    case .hooked(_, _, let before, let after): before.isSound && after.isSound
    case .programEnded(_, let end): end.output.isSound && end.errorOutput.isSound
    case .keyTried(_, _, .read(let bytes)): bytes.isSound
    case .read(_, .once(let bytes)): (0...StampedFact.longestStream).contains(bytes)
    case .traffic(_, let traffic): isSound(traffic)
    case .closed(_, let closing): isSound(closing.traffic)
    // The others carry no bytes to count.
    case .listening, .stoppedListening, .actorFailed, .acceptingChanged, .acceptFailed, .weakened,
      .hooksChanged, .drained, .programStarted, .connecting, .resolved, .opened, .relayed, .dialogue, .ready,
      .tlsStarted, .tlsStopped, .read(_, .always), .faultsChanged, .faultStruck, .keyTried(_, _, .closed),
      .halfClosed,
      .failed, .message, .alert, .tlsState, .verified, .established, .ticket, .keyLogged, .gateChanged, .held,
      .released, .http, .kernel, .portRange, .timerFired, .wiped:
      true
    }
  }

  private func isSound(_ traffic: Fact.Traffic) -> Bool {
    [traffic.wireSent, traffic.wireReceived, traffic.dataSent, traffic.dataReceived].allSatisfy {
      (0...StampedFact.longestStream).contains($0)
    }
  }
}

extension LabelledRange {
  /// netlab names parts of parts down to depth 2.
  fileprivate var isSound: Bool {
    start >= 0 && length >= 0 && start + length < 1 << 24 && (0...8).contains(depth)
  }
}

extension Bytes {
  fileprivate var isSound: Bool {
    kept.count <= 64 * 1024 && total >= kept.count && total < 1 << 32
  }
}
