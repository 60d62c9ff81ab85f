import LabFacts

extension MessageReader {
  /// The message that carries a list of extensions: the same type has another content in each.
  enum ExtensionHolder {
    case clientHello
    case serverHello
    case retryRequest
    case encryptedExtensions
    case certificateRequest
  }

  /// The extensions of a message. Absent in TLS 1.2 hellos that have none.
  mutating func readExtensionList(of holder: ExtensionHolder) {
    guard !reader.isAtEnd, let length = number(2, "extensions length", named: { "\($0) bytes" }) else {
      return
    }
    var names: [String] = []
    let stop = min(reader.position + length, reader.end)
    while reader.position < stop {
      guard let name = readExtension(of: holder) else { break }
      names.append(name)
    }
    field(.extensions, names)
  }

  /// One extension: a part of the message at depth 1, its own parts at depth 2.
  private mutating func readExtension(of holder: ExtensionHolder) -> String? {
    var ahead = reader
    guard let type = ahead.number(2), let length = ahead.number(2), let content = ahead.take(length) else {
      return nil
    }
    let name = TLSNames.extensionType(type)
    let start = reader.position
    let value = describe(type, ByteReader(reader.bytes, content), holder)
    reading.ranges.append(LabelledRange(start, 4 + length, depth: 1, name, value))
    reading.ranges.append(LabelledRange(start, 2, depth: 2, "extension type", name))
    reading.ranges.append(LabelledRange(start + 2, 2, depth: 2, "extension length", "\(length) bytes"))
    if length > 0 { reading.ranges.append(LabelledRange(start + 4, length, depth: 2, "content", value)) }
    reader = ahead
    return name
  }

  /// Records what the extension says, and puts it in words.
  private mutating func describe(_ type: Int, _ content: ByteReader, _ holder: ExtensionHolder) -> String? {
    var content = content
    switch type {
    case 0: return serverName(&content)
    case 10: return list(.groups, content.vector(2)?.all(2).map(TLSNames.group))
    case 13:
      return list(.signatureAlgorithms, content.vector(2)?.all(2).map(TLSNames.signatureScheme))
    case 16: return list(.alpn, content.vector(2)?.texts(1))
    case 43: return supportedVersions(&content, holder)
    case 47: return list(.authorities, content.vector(2)?.distinguishedNames())
    case 51: return keyShare(&content, holder)
    default: return nil
    }
  }

  private mutating func list(_ name: HandshakeField.Name, _ values: [String]?) -> String? {
    guard let values else { return nil }
    field(name, values)
    return values.joined(separator: ", ")
  }

  /// RFC 6066 section 3: type 0 is a DNS host name.
  private mutating func serverName(_ content: inout ByteReader) -> String? {
    guard var names = content.vector(2), names.number(1) == 0, let name = names.vector(2) else { return nil }
    let text = Notation.escaped(name.bytes[name.rest])
    reading.serverName = text
    field(.serverName, [text])
    return text
  }

  private mutating func supportedVersions(_ content: inout ByteReader, _ holder: ExtensionHolder) -> String? {
    if holder == .clientHello { return list(.versions, content.vector(1)?.all(2).map(TLSNames.version)) }
    guard let version = content.number(2) else { return nil }
    reading.version = version
    return list(.versions, [TLSNames.version(version)])
  }

  private mutating func keyShare(_ content: inout ByteReader, _ holder: ExtensionHolder) -> String? {
    guard holder == .clientHello else {
      guard let group = content.number(2) else { return nil }
      reading.group = group
      return list(.group, [TLSNames.group(group)])
    }
    guard var shares = content.vector(2) else { return nil }
    var groups: [String] = []
    while let group = shares.number(2), shares.vector(2) != nil { groups.append(TLSNames.group(group)) }
    return list(.keyShares, groups)
  }
}

extension ByteReader {
  /// All numbers of a vector.
  fileprivate func all(_ width: Int) -> [Int] {
    var copy = self
    return copy.numbers(width)
  }

  /// Names with their length first, made safe to print.
  fileprivate func texts(_ width: Int) -> [String] {
    var copy = self
    var found: [String] = []
    while let next = copy.vector(width) { found.append(Notation.escaped(next.bytes[next.rest])) }
    return found
  }

  /// Distinguished names in DER, each with its length first.
  func distinguishedNames() -> [String] {
    var copy = self
    var found: [String] = []
    while let next = copy.vector(2) {
      found.append(X509Reading.distinguishedName(der: next.bytes[next.rest]))
    }
    return found
  }
}
