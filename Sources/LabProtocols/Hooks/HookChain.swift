package import LabFacts

/// What a relay's hooks do to one connection's bytes. Each way has its own offsets and counts.
package struct HookChain: Sendable {
  /// What became of a chunk.
  package struct Outcome: Equatable, Sendable {
    /// What goes on; empty where it was thrown away.
    package var bytes: [UInt8]
    package var delayMilliseconds = 0
    /// Nothing more passes: both sides are to be reset after `bytes`.
    package var cuts = false
    /// Which hook saw what, in order.
    package var seen: [Sight] = []
  }

  /// A chunk before and after one hook.
  package struct Sight: Equatable, Sendable {
    package let hook: ByteHook
    package let before: [UInt8]
    package let after: [UInt8]

    package init(hook: ByteHook, before: [UInt8], after: [UInt8]) {
      self.hook = hook
      self.before = before
      self.after = after
    }
  }

  /// May be changed on the way: offsets and counts go on.
  package var hooks: [ByteHook]
  private var offsets: [ByteHook.Way: Int] = [:]
  private var chunks: [ByteHook.Way: Int] = [:]

  package init(_ hooks: [ByteHook]) { self.hooks = hooks }

  package var isEmpty: Bool { hooks.isEmpty }

  /// Passes a chunk through all hooks; `way` is `up` or `down`.
  package mutating func pass(_ bytes: [UInt8], _ way: ByteHook.Way) -> Outcome {
    let offset = offsets[way, default: 0]
    offsets[way] = offset + bytes.count
    chunks[way, default: 0] += 1
    var outcome = Outcome(bytes: bytes)
    for hook in hooks where hook.way == way || hook.way == .both {
      let before = outcome.bytes
      apply(hook.action, to: &outcome, offset: offset, chunk: chunks[way, default: 1])
      outcome.seen.append(Sight(hook: hook, before: before, after: outcome.bytes))
      if outcome.bytes.isEmpty || outcome.cuts { break }
    }
    return outcome
  }

  private func apply(_ action: ByteHook.Action, to outcome: inout Outcome, offset: Int, chunk: Int) {
    switch action {
    case .view: break
    case .upperCase: outcome.bytes = outcome.bytes.map(HookChain.upper)
    case .rot13: outcome.bytes = outcome.bytes.map(HookChain.rotated)
    case .delay(let milliseconds): outcome.delayMilliseconds += milliseconds
    case .drop(let every): if every > 0, chunk.isMultiple(of: every) { outcome.bytes = [] }
    case .flipBit(let target):
      let index = target - offset
      if outcome.bytes.indices.contains(index) { outcome.bytes[index] ^= 1 }
    case .replace(let from, let to): outcome.bytes = HookChain.replaced(from, by: to, in: outcome.bytes)
    case .cut(let limit):
      guard offset + outcome.bytes.count >= limit else { return }
      outcome.bytes = Array(outcome.bytes.prefix(max(0, limit - offset)))
      outcome.cuts = true
    }
  }

  private static func replaced(_ from: [UInt8], by to: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    guard !from.isEmpty else { return bytes }
    var out: [UInt8] = []
    var rest = bytes[...]
    while let first = rest.first {
      if rest.starts(with: from) {
        out += to
        rest = rest.dropFirst(from.count)
      } else {
        out.append(first)
        rest = rest.dropFirst()
      }
    }
    return out
  }

  private static func upper(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
  }

  private static func rotated(_ byte: UInt8) -> UInt8 {
    for first in [UInt8(ascii: "a"), UInt8(ascii: "A")] where (first..<first + 26).contains(byte) {
      return first + (byte - first + 13) % 26
    }
    return byte
  }
}
