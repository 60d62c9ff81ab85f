import LabFacts

/// What a private key opened of a recorded connection, in words.
enum KeyWords {
  static func tried(_ identity: String, _ reading: KeyReading) -> String {
    switch reading {
    case .read(let bytes): "the key of \(identity) opens it: \"\(bytes.text)\""
    case .closed(let obstacle): "the key of \(identity) opens nothing: \(why(obstacle))"
    }
  }

  private static func why(_ obstacle: KeyReading.Obstacle) -> String {
    switch obstacle {
    case .freshKeys: "both ends made keys for this handshake alone"
    case .resumed: "its secret comes from an earlier handshake"
    case .otherKey: "the secret was encrypted for another key"
    case .incomplete: "the handshake was not recorded as a whole"
    case .cipher: "this reader knows AES-GCM alone"
    case .noKey: "it is no RSA key"
    }
  }
}
