import LabFacts

/// A record that waits in OpenSSL's write BIO.
struct OutboundHead {
  var length: Int
  let type: Int
  let title: String
  let isApplicationData: Bool
}

extension Trace {
  /// Reports the received records that OpenSSL has worked on. Called after each operation; one that broke met its
  /// reason in the last of them.
  func pairReceived(isBroken: Bool = false) {
    while !splitter.records.isEmpty, var entry = received.entries.first {
      guard let record = splitter.popRecord() else { return }
      _ = received.popEntry()
      guard entry.isReported else { continue }
      entry.isUnopened = isUnopened(entry, isLast: isBroken && received.entries.isEmpty)
      report(.received, entry, record)
    }
    if received.isFull { splitter.keepsApplicationData = false }
  }

  /// Reports what came in and was never read by TLS: after a failure, or at the end.
  func flushReceived() {
    guard level == .full else { return }
    pairReceived()
    while let record = splitter.popRecord() {
      let isEncrypted = record.type == 23 || received.changedCipherSpec
      report(
        .received,
        DirectionTrace.Entry(
          outer: record.type, encrypted: isEncrypted, isReported: true, isUnopened: isEncrypted),
        record)
    }
    splitter.giveUp()
    if let (bytes, offset) = splitter.takeClear() {
      let slot = received.popEntry()?.slot ?? restSlot
      fill(slot, .wire(end, .received, clearSegment(bytes, offset)))
    }
    received.removeAll()
  }

  /// What came after the peer's close_notify is no longer TLS.
  func stopReceiving() {
    pairReceived()
    splitter = RecordSplitter(offset: 0)
    received.removeAll()
  }

  /// Walks the headers of new bytes in the write BIO. Every record there is complete, or the flight is
  /// still being written: then the rest is seen later. Answers how many bytes were recognised.
  func collectSent(_ bytes: UnsafeRawBufferPointer) -> Int {
    var position = 0
    while position + RecordSplitter.headerLength <= bytes.count {
      let payload = Int(bytes[position + 3]) << 8 | Int(bytes[position + 4])
      let total = RecordSplitter.headerLength + payload
      guard position + total <= bytes.count else { break }
      reportSent(UnsafeRawBufferPointer(rebasing: bytes[position..<position + total]))
      position += total
    }
    return position
  }

  private func reportSent(_ bytes: UnsafeRawBufferPointer) {
    let type = Int(bytes[0])
    let entry = sent.popEntry() ?? DirectionTrace.Entry(outer: type, encrypted: type == 23, isReported: true)
    let isData = entry.isApplicationData
    let title = isData ? "application data" : title(entry, type)
    outbound.append(
      OutboundHead(length: bytes.count, type: type, title: title, isApplicationData: isData))
    if entry.isReported {
      let record = RecordSplitter.Record(
        type: type, kept: Array(bytes.prefix(RecordSplitter.keptLimit)), total: bytes.count,
        offset: sent.offset)
      report(.sent, entry, record)
    }
    sent.offset += bytes.count
  }

  private func title(_ entry: DirectionTrace.Entry, _ type: Int) -> String {
    entry.names.isEmpty ? "\(TLSNames.contentType(type)) record" : entry.names.joined(separator: ", ")
  }

  private func report(_ direction: Direction, _ entry: DirectionTrace.Entry, _ record: RecordSplitter.Record)
  {
    let inner = entry.isApplicationData ? ["application data"] : entry.names
    let labels = ErrorQueue.aside {
      RecordLabels(
        record.kept, total: record.total,
        context: .init(
          encrypted: entry.encrypted, innerNames: inner, isVersion13: isVersion13,
          carried: record.type == 22 && !entry.encrypted ? self[direction].carried : 0))
    }
    if record.type == 22, !entry.encrypted { setCarried(direction, labels.carriedOn) }
    let names = inner.isEmpty ? labels.names : inner
    let segment = WireSegment(
      kind: .record(type: record.type, names: names, encrypted: entry.encrypted), offset: record.offset,
      bytes: Bytes(kept: record.kept, total: record.total), ranges: labels.ranges)
    fill(entry.slot, .wire(end, direction, segment))
  }

  /// TLS 1.3 tells of the type inside each record it has opened. Before 1.3 nothing tells it of one by one: there it
  /// is the last one before an operation broke.
  private func isUnopened(_ entry: DirectionTrace.Entry, isLast: Bool) -> Bool {
    entry.encrypted && entry.names.isEmpty && entry.inner == nil && (isVersion13 || isLast)
  }

  private func setCarried(_ direction: Direction, _ count: Int) {
    switch direction {
    case .sent: sent.carried = count
    case .received: received.carried = count
    }
  }

  private func clearSegment(_ bytes: Bytes, _ offset: Int) -> WireSegment {
    WireSegment(
      kind: .clear, offset: offset, bytes: bytes, ranges: [LabelledRange(0, bytes.total, "clear bytes")])
  }
}
