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
      throw SavedRunProblem(description: "\(name): can't be read: \(error.localizedDescription)")
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
      let text = JSONText.escaped(line)
      guard let stamped = try? JSONDecoder().decode(StampedFact.self, from: text) else {
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
    let text = line.count <= mostOfLine ? JSONText.escaped(line) : Data()
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

extension StampedFact {
  /// Could netlab have made this? Whoever shows a run relies on it.
  fileprivate var isSound: Bool {
    switch fact {
    case .wire(_, _, let segment):
      segment.offset >= 0 && segment.offset < 1 << 48 && segment.bytes.isSound
        && segment.ranges.allSatisfy { $0.start >= 0 && $0.length >= 0 && $0.start + $0.length < 1 << 24 }
    case .data(_, _, let bytes): bytes.isSound
    case .hooked(_, _, let before, let after): before.isSound && after.isSound
    default: true  // other facts carry no bytes to count
    }
  }
}

extension Bytes {
  fileprivate var isSound: Bool {
    kept.count <= 64 * 1024 && total >= kept.count && total < 1 << 32
  }
}
