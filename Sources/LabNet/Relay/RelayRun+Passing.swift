import LabFacts
import LabProtocols
import NIOCore

// Bytes and ends on their way from one party to the other.
extension RelayRun {
  func pass(_ party: RelayParty, _ buffer: ByteBuffer) {
    renewHooks()
    guard !chain.isEmpty || lane(party).isWaiting else {
      handler(party.other)?.write(buffer)
      return
    }
    let outcome = chain.pass(Array(buffer.readableBytesView), party == .client ? .up : .down)
    report(outcome.seen, party)
    guard let due = lane(party).due(after: outcome.delayMilliseconds) else {
      return deliver(outcome, from: party)
    }
    lanes[party]?.keep(outcome.bytes.count, until: due)
    core.loop.assumeIsolated().scheduleTask(deadline: due) { [weak self] in
      self?.delayIsOver(outcome, from: party)
    }
  }

  /// The end of one direction goes the way of its bytes, after them.
  func passEnd(of party: RelayParty) {
    afterDelays(of: party) { [weak self] in self?.deliverEnd(of: party) }
  }

  /// Now, or when everything that a hook keeps of this party has gone on.
  func afterDelays(of party: RelayParty, _ action: @escaping () -> Void) {
    guard let due = lane(party).due(after: 0) else { return action() }
    core.loop.assumeIsolated().scheduleTask(deadline: due, action)
  }

  private func delayIsOver(_ outcome: HookChain.Outcome, from party: RelayParty) {
    lanes[party]?.letGo(outcome.bytes.count)
    deliver(outcome, from: party)
    guard phase == .relaying else { return }
    handler(party.other)?.flush()
    handler(party)?.reconsider()
  }

  private func deliver(_ outcome: HookChain.Outcome, from party: RelayParty) {
    guard phase == .relaying else { return }
    if !outcome.bytes.isEmpty { handler(party.other)?.write(ByteBuffer(bytes: outcome.bytes)) }
    guard outcome.cuts else { return }
    handler(party.other)?.flush()
    finish {
      front.close(.reset)
      end(.backend)?.close(.reset)
    }
  }

  private func deliverEnd(of party: RelayParty) {
    guard phase == .relaying, !lane(party).hasPassedEnd else { return }
    lanes[party]?.hasPassedEnd = true
    handler(party.other)?.flush()
    guard lane(party.other).hasPassedEnd else {
      end(party.other)?.close(.half)
      return
    }
    end(party.other)?.close(.clean)
    end(party)?.close(.clean)
  }

  /// Offsets and counts of the stream go on; what is done at them is new.
  private func renewHooks() {
    guard listener.generation != chainGeneration else { return }
    chainGeneration = listener.generation
    chain.hooks = listener.hooks
  }

  private func report(_ seen: [HookChain.Sight], _ party: RelayParty) {
    guard let end = end(party) else { return }
    for sight in seen { end.reporter.hooked(sight.hook, before: sight.before, after: sight.after) }
  }
}
