import COpenSSL
import COpenSSLSystem
package import LabFacts

extension TLSEngine {
  /// Bytes that `takeOutbound` would give.
  package var outboundCount: Int { trace.level == .full ? recognised : BIO_ctrl_pending(output) }

  /// All waiting records, one by one, for the gate.
  package func takeOutbound() -> [OutboundRecord] {
    guard trace.level == .full else { return takeUntitled() }
    var records: [OutboundRecord] = []
    while let head = trace.outbound.popFirst() {
      let bytes = [UInt8](unsafeUninitializedCapacity: head.length) { buffer, count in
        count = drain(UnsafeMutableRawBufferPointer(buffer))
      }
      records.append(
        OutboundRecord(
          bytes: bytes, title: head.title, type: head.type, isApplicationData: head.isApplicationData))
    }
    return records
  }

  /// The fast path: waiting bytes straight into the caller's memory; answers how many.
  package func takeOutbound(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard trace.level == .full else { return drain(buffer) }
    let count = drain(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(recognised)))
    var left = count
    while left > 0, let head = trace.outbound.first {
      if head.length <= left {
        _ = trace.outbound.popFirst()
      } else {
        trace.outbound.changeFirst { $0.length -= left }
      }
      left -= min(left, head.length)
    }
    return count
  }

  /// Everything that happened since the last call, in order; `failed` is the last where it failed.
  package func takeFacts() -> [Fact] { trace.takeFacts() }

  /// Bytes received that TLS has not consumed, for taking TLS off a live stream. They are given once.
  package func takeUnusedInput() -> [UInt8] {
    let count = BIO_ctrl_pending(input)
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = max(0, Int(BIO_read(input, buffer.baseAddress, Int32(clamping: count))))
    }
  }

  /// Reads the headers of what the last operation wrote.
  func collectOutput() {
    var start: UnsafeMutablePointer<CChar>?
    let count = netlab_BIO_get_mem_data(output, &start)
    guard let start, count > recognised else { return }
    recognised += trace.collectSent(
      UnsafeRawBufferPointer(start: start + recognised, count: count - recognised))
  }

  private func drain(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard !buffer.isEmpty else { return 0 }
    let count = max(0, Int(BIO_read(output, buffer.baseAddress, Int32(clamping: buffer.count))))
    if trace.level == .full { recognised -= count }
    return count
  }

  /// Records by their headers alone, where nobody traced what is in them.
  private func takeUntitled() -> [OutboundRecord] {
    var records: [OutboundRecord] = []
    var start: UnsafeMutablePointer<CChar>?
    while case let count = netlab_BIO_get_mem_data(output, &start), let start,
      count >= RecordSplitter.headerLength
    {
      let header = UnsafeRawBufferPointer(start: start, count: RecordSplitter.headerLength)
      let type = Int(header[0])
      let length = min(count, RecordSplitter.headerLength + (Int(header[3]) << 8 | Int(header[4])))
      let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, used in
        used = drain(UnsafeMutableRawBufferPointer(buffer))
      }
      records.append(
        OutboundRecord(
          bytes: bytes, title: "\(TLSNames.contentType(type)) record", type: type,
          isApplicationData: type == 23 && isUp))
    }
    return records
  }
}
