/// A question as a learner sees it, its texts filled in.
package struct Question: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case predict
    case observe
    case recall
    /// Which rule was used to reach the goal of a *try*.
    case rule
  }

  package struct Option: Equatable, Sendable {
    package var key: String
    package var text: String
    package init(key: String, text: String) {
      self.key = key
      self.text = text
    }
  }

  /// How it is answered.
  package enum Form: Equatable, Sendable {
    /// By the key of an option, or of several.
    case pick(Answering.Picking)
    /// By digits.
    case number
    /// By the text of a field that is blank meanwhile.
    case fill(BlankField)
    /// By all keys, in order.
    case order
    /// By the key of a row of a pane.
    case point(PointTarget)
  }

  package var kind: Kind
  package var form: Form
  package var ask: String
  /// Choices, items in the order shown, or the rows of the pane.
  package var options: [Option]
  /// More than one option is right.
  package var isMultiple: Bool
  /// Keys of wrong answers given so far.
  package var tried: [String]

  package init(
    kind: Kind, form: Form = .pick(.choice), ask: String, options: [Option] = [], isMultiple: Bool = false,
    tried: [String] = []
  ) {
    self.kind = kind
    self.form = form
    self.ask = ask
    self.options = options
    self.isMultiple = isMultiple
    self.tried = tried
  }

  /// The word of the file for how it is answered.
  package var type: String {
    switch form {
    case .pick(let picking): picking.rawValue
    case .number: "number"
    case .fill: "fill"
    case .order: "order"
    case .point: "point"
    }
  }

  /// Is the answer typed?
  package var isTyped: Bool {
    switch form {
    case .number, .fill: true
    case .pick, .order, .point: false
    }
  }

  /// May it be left out? What is to be observed may not.
  package var isSkippable: Bool { kind != .observe }

  /// After three looks in vain a hint tells what is to be seen: nobody is to be held at the gate.
  var hasTriedEnough: Bool { tried.count >= 3 }

  /// What is right, for such a hint. Without letters: plain mode has none.
  func answerWords(_ right: [String]) -> String {
    switch form {
    case .pick: right.map(text).joined(separator: "; ")
    case .point: words(Array(right.prefix(1)))
    case .number, .fill, .order: words(right)
    }
  }

  package func text(of key: String) -> String {
    if let option = options.first(where: { $0.key == key }) { return option.text }
    if case .point = form { return "a mark between the rows" }
    return key
  }

  /// An answer in words, for showing it again.
  package func words(_ keys: [String]) -> String {
    switch form {
    case .pick: keys.map { "\($0)) \(text(of: $0))" }.joined(separator: ", ")
    case .order: keys.map(text).joined(separator: ", then ")
    case .number, .fill, .point: keys.map(text).joined(separator: " ")
    }
  }
}

extension Question {
  /// What to press: `Press a, b or c.`
  package var prompt: String { [way, otherWay].compactMap(\.self).joined(separator: " ") }

  private var way: String {
    switch form {
    case .pick(let picking): pickPrompt(picking)
    case .number: "Type the number, then Enter."
    case .fill: "Press Enter, type what belongs in the blank, then Enter."
    case .order: "j and k choose an item, J and K move it down and up. Enter answers."
    case .point(let target): "Go to the row (j, k; pane \(target.pane.rawValue)), then Enter."
    }
  }

  /// What to press instead. After a wrong look the text says where to look by itself.
  private var otherWay: String? {
    guard kind == .observe else { return "s leaves it out." }
    return hasTriedEnough ? "H tells the answer." : tried.isEmpty ? "H shows where to look." : nil
  }

  private func pickPrompt(_ picking: Answering.Picking) -> String {
    let keys = options.map(\.key)
    guard let last = keys.last, keys.count > 1 else { return "Press Space to go on." }
    let list = keys.dropLast().joined(separator: ", ") + " or " + last
    switch picking {
    case .bool: return "Press a (true) or b (false)."
    case .teachBack: return "Press the two of \(list) that belong in it, then Enter."
    case .choice, .multi:
      return isMultiple ? "Press every right one of \(list), then Enter." : "Press \(list)."
    }
  }
}
