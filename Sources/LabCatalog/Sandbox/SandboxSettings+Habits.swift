import LabFacts

/// How a program treats its connections, and what goes wrong on purpose.
extension SandboxSettings {
  static let habits: [SandboxSetting] = [
    .word("reading", "reading", \.reading, unset: "auto", fits: everybody),
    .flag("no_close_notify", "no close_notify", \.noCloseNotify, unset: "false", fits: secured),
    SandboxSetting(
      "faults", "faults",
      .typed(
        "{ slow: MS }, { truncate: N }, { stall: N }, { reset: N }, { flip: N }, { stall_before: MESSAGE }; after: handshake",
        ["{ slow: 20 }", "{ truncate: 10 }", "{ stall: 10 }", "{ reset: 10 }", "{ flip: 0 }"]),
      yaml: { "[ \($0) ]" }, unset: "none", fits: everybody
    ) {
      $0.settings.faults?.map(\.notation).joined(separator: ", ") ?? ""
    } write: { place, text in
      let faults = YamlText.parse("[ \(text) ]", FaultReader.faults)
      place.settings.faults = faults?.isEmpty == false ? faults : nil
      return faults != nil
    },
  ]
}
