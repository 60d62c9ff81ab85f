import LabFacts

/// Makes rows of the table from a place in the settings.
extension SandboxSetting {
  typealias Spot<Value> = any WritableKeyPath<ActorSettings, Value?> & Sendable
  typealias Fits = @Sendable (ActorDeclaration) -> Bool

  static func flag(_ key: String, _ label: String, _ spot: Spot<Bool>, unset: String, fits: @escaping Fits)
    -> SandboxSetting
  {
    SandboxSetting(key, label, .words(["true", "false"]), yaml: { $0 }, unset: unset, fits: fits) {
      $0.settings[keyPath: spot].map { $0 ? "true" : "false" } ?? ""
    } write: { place, text in
      place.settings[keyPath: spot] = text.isEmpty ? nil : text == "true"
      return ["", "true", "false"].contains(text)
    }
  }

  static func number(
    _ key: String, _ label: String, _ spot: Spot<Int>, _ range: ClosedRange<Int>, some: [Int] = [],
    unset: String = "-", fits: @escaping Fits
  ) -> SandboxSetting {
    let hint = "a number from \(range.lowerBound) to \(range.upperBound)"
    return SandboxSetting(
      key, label, .typed(hint, some.map(String.init)), yaml: { $0 }, unset: unset, fits: fits
    ) {
      $0.settings[keyPath: spot].map(String.init) ?? ""
    } write: { place, text in
      place.settings[keyPath: spot] = Int(text)
      return text.isEmpty || Int(text).map(range.contains) == true
    }
  }

  static func word<Word: RawRepresentable & CaseIterable & Sendable>(
    _ key: String, _ label: String, _ spot: Spot<Word>, unset: String = "-", fits: @escaping Fits
  ) -> SandboxSetting where Word.RawValue == String {
    SandboxSetting(key, label, .words(Word.allCases.map(\.rawValue)), unset: unset, fits: fits) {
      $0.settings[keyPath: spot]?.rawValue ?? ""
    } write: { place, text in
      place.settings[keyPath: spot] = Word(rawValue: text)
      return text.isEmpty || Word(rawValue: text) != nil
    }
  }

  static func text(
    _ key: String, _ label: String, _ spot: Spot<String>, hint: String = "a text", some: [String] = [],
    unset: String = "-", fits: @escaping Fits
  ) -> SandboxSetting {
    SandboxSetting(key, label, .typed(hint, some), unset: unset, fits: fits) {
      $0.settings[keyPath: spot] ?? ""
    } write: { place, text in
      place.settings[keyPath: spot] = text.isEmpty ? nil : text
      return true
    }
  }

  static func list(
    _ key: String, _ label: String, _ spot: Spot<[String]>, _ control: Control, unset: String = "none",
    fits: @escaping Fits
  ) -> SandboxSetting {
    SandboxSetting(key, label, control, yaml: YamlText.words, unset: unset, fits: fits) {
      $0.settings[keyPath: spot]?.joined(separator: ", ") ?? ""
    } write: { place, text in
      place.settings[keyPath: spot] = text.isEmpty ? nil : text.listed
      return true
    }
  }

  static func name(
    _ key: String, _ label: String, _ spot: Spot<NameSetting>, _ control: Control, unset: String = "none",
    fits: @escaping Fits
  ) -> SandboxSetting {
    SandboxSetting(key, label, control, unset: unset, fits: fits) {
      switch $0.settings[keyPath: spot] {
      case .some(.name(let name)): name
      case .some(.none): "none"
      case nil: ""
      }
    } write: { place, text in
      place.settings[keyPath: spot] =
        text.isEmpty ? nil : text == "none" ? NameSetting.none : NameSetting.name(text)
      return true
    }
  }
}

extension String {
  /// `a, b` as its parts.
  var listed: [String] {
    split { $0 == "," || $0 == " " }.map(String.init)
  }
}
