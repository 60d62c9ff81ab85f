import LabFacts

extension WireFault {
  /// As an item of `faults`.
  var notation: String {
    let verb =
      switch action {
      case .slow(let milliseconds): "slow: \(milliseconds)"
      case .truncate(let count): "truncate: \(count)"
      case .stall(let count): "stall: \(count)"
      case .flipBit(let offset): "flip: \(offset)"
      case .reset(let count): "reset: \(count)"
      case .stallBefore(let message): "stall_before: \(message)"
      }
    return "{ \(verb)\(afterHandshake ? ", after: handshake" : "") }"
  }
}

extension ByteHook {
  /// As an item of `hooks`.
  var notation: String {
    switch action {
    case .view: plain("view")
    case .upperCase: plain("upper")
    case .rot13: plain("rot13")
    case .delay(let milliseconds): map("delay: \(milliseconds)")
    case .drop(let every): map("drop: \(every)")
    case .flipBit(let offset): map("flip: \(offset)")
    case .cut(let count): map("cut: \(count)")
    case .replace(let from, let to):
      map("replace: { from: \(ByteHook.text(from)), to: \(ByteHook.text(to)) }")
    }
  }

  private func plain(_ word: String) -> String { way == .both ? word : map("\(word): true") }

  private func map(_ verb: String) -> String {
    "{ \(verb)\(way == .both ? "" : ", way: \(way.rawValue)") }"
  }

  private static func text(_ bytes: [UInt8]) -> String {
    YamlText.quoted(String(decoding: bytes, as: UTF8.self))
  }
}

extension RelaySettings {
  /// As the value of `to`: one server, or a map of them. The one for all others has a key of its own where
  /// there are several.
  var notation: String {
    let named = backends.filter { $0.key != RelaySettings.others }.sorted { $0.key < $1.key }
    guard named.isEmpty else {
      return "{ " + named.map { "\($0.key): \($0.value.notation)" }.joined(separator: ", ") + " }"
    }
    return backends[RelaySettings.others]?.notation ?? ""
  }

  /// As the value of `others`.
  var othersNotation: String {
    way == .imap ? backends[RelaySettings.others]?.notation ?? "" : ""
  }
}

extension RelaySettings.Backend {
  fileprivate var notation: String {
    let keys = SettingMap.text(ActorDeclaration(id: "", role: .client, settings: settings))
    return keys.isEmpty ? target.server.rawValue : "{ actor: \(target.server), \(keys) }"
  }
}

/// The settings of a program as the inside of a map.
enum SettingMap {
  /// The program as the value of its name under `actors`.
  static func declaration(_ actor: ActorDeclaration) -> String {
    let isRelay = actor.settings.relay != nil
    var said = actor
    said.settings.transport = actor.transport
    if actor.role == .server, !isRelay { said.settings.kind = actor.settings.kind ?? .greet }
    return "{ role: \(isRelay ? "relay" : actor.role.rawValue), \(text(said)) }"
  }

  /// `transport: tls, tls: { min: "1.2" }`.
  static func text(_ actor: ActorDeclaration) -> String {
    let place = SandboxSetting.Place(settings: actor.settings, talk: SandboxSetup.Talk())
    var keys: [String] = []
    var inside: [String: [String]] = [:]
    for row in SandboxSettings.rows(for: actor) {
      let text = row.read(place)
      guard !text.isEmpty, let yaml = row.yaml?(text) else { continue }
      let path = row.key.split(separator: ".").map(String.init)
      if !keys.contains(path[0]) { keys.append(path[0]) }
      inside[path[0], default: []].append(path.count == 2 ? "\(path[1]): \(yaml)" : yaml)
    }
    return keys.map { key in
      let parts = inside[key] ?? []
      let isMap = SandboxSettings.groups.contains(key)
      return isMap ? "\(key): { \(parts.joined(separator: ", ")) }" : "\(key): \(parts.joined())"
    }.joined(separator: ", ")
  }
}
