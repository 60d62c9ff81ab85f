import LabFacts

/// A numeric address as its 4 or 16 bytes.
struct IPAddress: Hashable {
  let bytes: [UInt8]
  var isVersion6: Bool { bytes.count == 16 }

  /// Nothing where the text is a name, a path, or no address.
  init?(_ text: String) {
    guard let bytes = text.contains(":") ? IPAddress.version6(text) : IPAddress.version4(text[...]) else {
      return nil
    }
    self.bytes = bytes
  }

  private static func version4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap(\.self)
    return bytes.count == 4 ? bytes : nil
  }

  /// RFC 4291 section 2.2; a zone (`%eth0`) is not part of what a packet carries.
  private static func version6(_ text: String) -> [UInt8]? {
    let address = text.prefix { $0 != "%" }
    guard let gap = address.firstRange(of: "::") else {
      let bytes = groups(address)
      return bytes?.count == 16 ? bytes : nil
    }
    let (before, after) = (address[..<gap.lowerBound], address[gap.upperBound...])
    guard let front = before.isEmpty ? [] : groups(before), let back = after.isEmpty ? [] : groups(after),
      front.count + back.count < 16
    else { return nil }
    return front + [UInt8](repeating: 0, count: 16 - front.count - back.count) + back
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    for part in text.split(separator: ":", omittingEmptySubsequences: false) {
      if part.contains(".") {
        guard let tail = version4(part) else { return nil }
        bytes += tail
      } else {
        guard part.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
        bytes.big(group)
      }
    }
    return bytes
  }
}
