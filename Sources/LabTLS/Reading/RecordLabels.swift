import LabFacts

/// Names the parts of one TLS record. At depth 0 every byte has exactly one label.
struct RecordLabels {
  /// What is known beside the bytes.
  struct Context {
    var encrypted: Bool
    /// What was inside, where this end decrypted it.
    var innerNames: [String]
    var isVersion13: Bool
    /// Bytes at the start that belong to a message begun in an earlier record.
    var carried = 0
  }

  private(set) var ranges: [LabelledRange] = []
  /// Names of the messages found in clear.
  private(set) var names: [String] = []
  /// Bytes of the last message that are still to come.
  private(set) var carriedOn = 0
  private let bytes: [UInt8]
  private let total: Int
  private let context: Context

  /// `bytes` is the record with its header, maybe cut; `total` its true length.
  init(_ bytes: [UInt8], total: Int, context: Context) {
    self.bytes = bytes
    self.total = total
    self.context = context
    guard bytes.count >= RecordSplitter.headerLength else { return }
    labelHeader()
    if total > RecordSplitter.headerLength { labelPayload() }
  }

  private mutating func labelHeader() {
    ranges.append(LabelledRange(0, 1, "type", TLSNames.contentType(Int(bytes[0]))))
    ranges.append(LabelledRange(1, 2, "version", TLSNames.version(Int(bytes[1]) << 8 | Int(bytes[2]))))
    ranges.append(LabelledRange(3, 2, "length", "\(total - RecordSplitter.headerLength) bytes"))
  }

  private mutating func labelPayload() {
    guard !context.encrypted else { return labelEncrypted() }
    switch bytes[0] {
    case 20: labelRest(from: RecordSplitter.headerLength, "ChangeCipherSpec", nil)
    case 21: labelAlert()
    case 22: labelMessages()
    default: labelRest(from: RecordSplitter.headerLength, "payload", nil)
    }
  }

  private mutating func labelEncrypted() {
    let length = total - RecordSplitter.headerLength
    let inner = context.innerNames.joined(separator: ", ")
    labelRest(
      from: RecordSplitter.headerLength, "encrypted payload",
      "\(length) bytes" + (inner.isEmpty ? "" : " (inner: \(inner))"))
  }

  private mutating func labelAlert() {
    guard total == 7, bytes.count == 7 else {
      return labelRest(from: RecordSplitter.headerLength, "alert", nil)
    }
    let name = TLSNames.alert(Int(bytes[6]))
    names.append("alert \(name)")
    labelRest(from: 5, "alert", name)
    ranges.append(LabelledRange(5, 1, depth: 1, "level", bytes[5] == 1 ? "warning" : "fatal"))
    ranges.append(LabelledRange(6, 1, depth: 1, "description", name))
  }

  private mutating func labelMessages() {
    var position = RecordSplitter.headerLength
    if context.carried > 0 {
      let count = min(context.carried, total - position)
      ranges.append(LabelledRange(position, count, "rest of a message", "\(count) bytes"))
      carriedOn = context.carried - count
      position += count
    }
    while position + 4 <= bytes.count {
      let length = 4 + bytes[position + 1..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = TLSNames.handshakeType(Int(bytes[position]))
      let here = min(length, total - position)
      names.append(name)
      ranges.append(LabelledRange(position, here, name, "\(length) bytes"))
      let reading = MessageReader.read(
        bytes, position..<min(position + here, bytes.count), isVersion13: context.isVersion13)
      ranges += reading.ranges
      position += here
      carriedOn = length - here
    }
    if position < total { labelRest(from: position, "start of a message", nil) }
  }

  private mutating func labelRest(from start: Int, _ label: String, _ value: String?) {
    ranges.append(LabelledRange(start, total - start, label, value))
  }
}
