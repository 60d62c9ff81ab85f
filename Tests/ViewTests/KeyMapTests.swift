import LabCanvas
import Testing

@testable import LabViews

@Suite struct KeyMapTests {
  @Test(arguments: Mode.allCases)
  func `no key has two meanings at one moment`(mode: Mode) {
    let keys = KeyMap.bindings(in: mode).flatMap(\.keys)
    let twice = Dictionary(grouping: keys, by: { $0 }).filter { $0.value.count > 1 }.keys
    #expect(twice.map(KeyName.of).sorted() == [])
  }

  @Test(arguments: Mode.allCases)
  func `the footer shows eight keys at most and a way out`(mode: Mode) {
    let footer = KeyMap.footer(in: mode)
    #expect(footer.count <= 8)
    #expect(footer.contains { FooterLine.isWayOut($0) })
    #expect(footer.allSatisfy { $0.modes.contains(mode) })
  }

  @Test(arguments: Mode.allCases)
  func `what the footer was meant to show is in the table`(mode: Mode) {
    #expect(
      KeyMap.footer(in: mode).count
        >= (mode.takesText || [.quitDialog, .restartDialog, .reviewDialog].contains(mode) ? 2 : 3))
  }

  @Test(arguments: Mode.allCases, [60, 80, 140])
  func `the footer fits and keeps the way out`(mode: Mode, width: Int) {
    let line = FooterLine.fitted(KeyMap.footer(in: mode), width: width)
    #expect(line.width <= width)
    let wayOut = KeyMap.footer(in: mode).filter { FooterLine.isWayOut($0) }
    #expect(wayOut.contains { line.plainText.contains($0.word) })
  }

  @Test func `every command has a key somewhere`() {
    #expect(Command.allCases.filter { KeyMap.anyBinding(of: $0) == nil } == [])
  }

  @Test(arguments: Mode.allCases)
  func `escape never quits and control c always does`(mode: Mode) {
    #expect(KeyMap.command(for: .control("c"), in: mode) == .quitNow)
    let escape = KeyMap.command(for: .escape, in: mode)
    #expect(escape == .back || escape == .refuse)
  }

  @Test(arguments: Mode.allCases)
  func `nothing works by a function key alone`(mode: Mode) {
    for binding in KeyMap.bindings(in: mode) {
      let others = binding.keys.filter {
        if case .function = $0 { return false }
        return true
      }
      #expect(!others.isEmpty, "\(binding.command)")
    }
  }

  @Test(arguments: Mode.allCases)
  func `help lists exactly the keys of the map`(mode: Mode) {
    let text = HelpScreen.document(mode).lines(width: 100).map(\.plainText)
    for binding in KeyMap.bindings(in: mode) {
      let named = text.contains { $0.contains("  \(binding.allKeysText) ") }
      #expect(named, "\(binding.command) in \(mode)")
    }
  }

  @Test func `every command is in the palette of every screen`() {
    for mode in [Mode.catalog, .lesson, .question] {
      let model = AppModel()
      let snapshot = mode == .catalog ? Samples.snapshot() : Samples.snapshot(Samples.run())
      var opened = model
      opened.follow(snapshot)
      let names = Set(Palette.everything(opened, snapshot).map(\.name))
      #expect(Command.allCases.filter { !names.contains($0.words) } == [])
    }
  }
}
