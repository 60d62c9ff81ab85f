package import LabCanvas

/// What an xterm sends for a key.
package enum TerminalKeys {
  package static func bytes(_ key: Key, applicationCursor: Bool = false) -> [UInt8] {
    switch key {
    case .character(let character): Array(String(character).utf8)
    case .control(let character): [(character.asciiValue ?? 0) & 0x1f]
    case .enter: [0x0d]
    case .escape: [0x1b]
    case .tab: [0x09]
    case .backTab: Array("\u{1b}[Z".utf8)
    case .backspace: [0x7f]
    case .delete: Array("\u{1b}[3~".utf8)
    case .up: cursor("A", applicationCursor)
    case .down: cursor("B", applicationCursor)
    case .right: cursor("C", applicationCursor)
    case .left: cursor("D", applicationCursor)
    case .home: cursor("H", applicationCursor)
    case .end: cursor("F", applicationCursor)
    case .pageUp: Array("\u{1b}[5~".utf8)
    case .pageDown: Array("\u{1b}[6~".utf8)
    case .function(let number): function(number)
    case .click(let x, let y): mouse(0, x, y) + Array("\u{1b}[<0;\(x + 1);\(y + 1)m".utf8)
    case .wheelUp(let x, let y): mouse(64, x, y)
    case .wheelDown(let x, let y): mouse(65, x, y)
    case .unknown: []
    }
  }

  private static func cursor(_ final: String, _ application: Bool) -> [UInt8] {
    Array("\u{1b}\(application ? "O" : "[")\(final)".utf8)
  }

  private static func mouse(_ button: Int, _ x: Int, _ y: Int) -> [UInt8] {
    Array("\u{1b}[<\(button);\(x + 1);\(y + 1)M".utf8)
  }

  private static func function(_ number: Int) -> [UInt8] {
    if (1...4).contains(number) { return [0x1b, UInt8(ascii: "O"), UInt8(ascii: "P") + UInt8(number - 1)] }
    let codes = [5: 15, 6: 17, 7: 18, 8: 19, 9: 20, 10: 21, 11: 23, 12: 24]
    return codes[number].map { Array("\u{1b}[\($0)~".utf8) } ?? []
  }
}
