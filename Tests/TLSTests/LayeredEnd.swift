import LabFacts
import LabTLS

/// One end of a byte stream on which TLS is put and taken off, also inside itself. The first layer is on the wire.
final class LayeredEnd {
  private(set) var layers: [TLSEngine] = []
  /// Bytes on their way to the wire.
  private var out: [UInt8] = []
  private var inbox: [UInt8] = []
  private var received = 0
  private var sent = 0

  /// Puts TLS on what the application sees now.
  func start(_ context: TLSContext) {
    layers.append(
      TLSEngine(
        end: EndID("end", layers.count + 1), context: context, receivedBefore: layers.isEmpty ? received : 0,
        sentBefore: layers.isEmpty ? sent : 0))
    work()
  }

  /// Sends close_notify on the innermost layer; what is written next goes beneath it.
  func stop() {
    layers.last?.closeNotify()
    flush()
  }

  func write(_ text: String) {
    var bytes = Array(text.utf8)
    // A layer that has said goodbye carries no more: what is beneath it does.
    for layer in layers.reversed() where layer.isEstablished {
      _ = bytes.withUnsafeBytes { layer.write($0) }
      return flush()
    }
    out += bytes
    sent += bytes.count
    bytes = []
  }

  func receive(_ bytes: [UInt8]) {
    received += bytes.count
    give(bytes, to: 0)
    work()
  }

  /// Everything for the wire, once.
  func takeOut() -> [UInt8] {
    flush()
    defer { out = [] }
    return out
  }

  /// Application bytes, once.
  func take() -> String {
    defer { inbox = [] }
    return String(decoding: inbox, as: UTF8.self)
  }

  var isUp: Bool { layers.last?.isEstablished == true }

  private func give(_ bytes: [UInt8], to index: Int) {
    guard index < layers.count else { return inbox += bytes }
    bytes.withUnsafeBytes { layers[index].receive($0) }
  }

  private func work() {
    var index = 0
    while index < layers.count {
      layers[index].advance()
      while let bytes = layers[index].read(maximum: 4096) { give(bytes, to: index + 1) }
      if layers[index].state == .closed, index == layers.count - 1 {
        // What came after the peer's close_notify belongs to what is beneath.
        let rest = layers.removeLast().takeUnusedInput()
        give(rest, to: layers.count)
        continue
      }
      index += 1
    }
    flush()
  }

  private func flush() {
    for index in layers.indices.reversed() {
      let bytes = layers[index].takeOutbound().flatMap(\.bytes)
      guard !bytes.isEmpty else { continue }
      if index == 0 {
        out += bytes
        sent += bytes.count
      } else {
        _ = bytes.withUnsafeBytes { layers[index - 1].write($0) }
      }
    }
  }
}
