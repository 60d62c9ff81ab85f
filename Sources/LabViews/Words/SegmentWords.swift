import LabFacts

extension WireSegment {
  /// What it is, in a few words. A relay that only passes bytes on knows no records: what nobody can read is not
  /// called clear.
  var words: String {
    switch kind {
    case .clear: bytes.kept.allSatisfy(isReadable) ? title : "bytes"
    case .record: title
    }
  }

  private func isReadable(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0a, 0x0d, 0x20...0x7e, 0x80...: true
    default: false
    }
  }
}
