/// One stretch of bytes as it crossed the wire: a TLS record, or a chunk of clear bytes.
/// This is what an eavesdropper sees.
package struct WireSegment: Hashable, Sendable, Codable {
  package enum Kind: Hashable, Sendable, Codable {
    /// Bytes that are not TLS records.
    case clear
    /// A TLS record; `type` is the outer content type (20 to 23), `names` what it carried, read with
    /// the keys of the end that reports it: `ClientHello`, `application data`. There are none where that end never
    /// opened an encrypted one.
    case record(type: Int, names: [String], encrypted: Bool)
  }

  package let kind: Kind
  /// Where in this end's stream of this direction the segment starts, in bytes from 0.
  package let offset: Int
  package let bytes: Bytes
  /// Named parts, in order of their start; inner parts follow the part that holds them.
  package let ranges: [LabelledRange]

  package init(kind: Kind, offset: Int, bytes: Bytes, ranges: [LabelledRange] = []) {
    self.kind = kind
    self.offset = offset
    self.bytes = bytes
    self.ranges = ranges
  }

  /// Is it an encrypted record that the end which reports it never opened?
  package var isUnopened: Bool {
    if case .record(_, let names, true) = kind { names.isEmpty } else { false }
  }

  /// Does it carry bytes of the application and nothing else, as the end that reports it knows?
  package var isApplicationData: Bool {
    if case .record(_, let names, _) = kind { names == [TLSNames.contentType(23)] } else { false }
  }

  /// What the segment is, in a few words.
  package var title: String {
    switch kind {
    case .clear: "clear bytes"
    case .record(let type, let names, _):
      names.isEmpty ? "\(TLSNames.contentType(type)) record" : names.joined(separator: ", ")
    }
  }
}

/// A named part of a wire segment.
package struct LabelledRange: Hashable, Sendable, Codable {
  /// From the start of the segment, in bytes.
  package let start: Int
  package let length: Int
  /// 0 for the record's own parts, 1 for parts of a message, 2 for parts of an extension.
  package let depth: Int
  /// What the field is called: `length`, `cipher suites`.
  package let label: String
  /// What it says, where it can be read: `TLS 1.3`. Safe to print.
  package let value: String?

  package init(_ start: Int, _ length: Int, depth: Int = 0, _ label: String, _ value: String? = nil) {
    self.start = start
    self.length = length
    self.depth = depth
    self.label = label
    self.value = value
  }
}
