/// What a recorded connection gives away to somebody who has nothing else but the server's private key.
package enum KeyReading: Hashable, Sendable, Codable {
  /// What the client said.
  case read(Bytes)
  case closed(Obstacle)

  /// Why the key opens nothing.
  package enum Obstacle: String, Sendable, Codable, CaseIterable {
    /// The secret was agreed on with keys of this handshake alone: (EC)DHE, and all of TLS 1.3.
    case freshKeys = "fresh-keys"
    /// Its secret comes from an earlier handshake, which is not in this recording.
    case resumed
    /// The secret was encrypted for another key.
    case otherKey = "other-key"
    /// The handshake is not in the recording as a whole.
    case incomplete
    /// An RSA key exchange with a cipher this reader does not know.
    case cipher
    /// It is no RSA key.
    case noKey = "no-rsa-key"
  }

  /// What was read, safe to print.
  package var text: String? {
    if case .read(let bytes) = self { return bytes.text }
    return nil
  }

  package var obstacle: Obstacle? {
    if case .closed(let obstacle) = self { return obstacle }
    return nil
  }
}
