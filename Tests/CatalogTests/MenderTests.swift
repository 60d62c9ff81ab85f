import Testing

@testable import LabCatalog

/// What `netlab lint --fix` changes, and what it leaves alone.
@Suite struct MenderTests {
  static let file = "lessons/sockets/sp9-small.yaml"

  private func mend(_ changes: [(String, String)], in text: String = Small.yaml) -> Mender.Outcome {
    var files = Small.files
    files[Self.file] = changes.reduce(text) { text, change in
      guard let range = text.firstRange(of: change.0) else { return text }
      return String(text[..<range.lowerBound]) + change.1 + text[range.upperBound...]
    }
    return Mender.mend(.memory(files))
  }

  @Test(arguments: [
    ("minutes: 3\n", "minutes: 3  \n"), ("minutes: 3\n", "minutes: 3\r\n"),
    ("  - id: look", "\t- id: look"), ("confidence: true", "confidence: yes"),
    ("{ key: b, text: \"none\" }", "{ key: q, text: \"none\" }"),
    ("{ key: b, text: \"none\" }", "{ key: \"q\", text: \"none\" }"),
  ])
  func `a mechanical mistake is undone, and nothing else is touched`(right: String, wrong: String) throws {
    let outcome = mend([(right, wrong)])
    let text = try #require(outcome.files[Self.file])
    #expect(text.replacing("\"b\"", with: "b") == Small.yaml)
    #expect(outcome.files.count == 1)
    #expect(outcome.mended.count == 1)
  }

  @Test func `a word that YAML takes for something else gets quotes`() {
    let outcome = mend([("title: \"A small lesson\"", "title: off")])
    #expect(outcome.files[Self.file]?.contains("\ntitle: \"off\"\n") == true)
    #expect(
      outcome.mended.map(\.message) == ["`off` without quotes is a truth value in YAML, not text."])
  }

  @Test func `what one mistake hid is mended too, and then nothing is left to do`() {
    let outcome = mend([
      ("track: sockets", "track: sockets "), ("title: \"A small lesson\"", "title: no"),
      ("{ key: b, text: \"none\" }", "{ key: c, text: \"none\" }"), ("  - id: look", "\t- id: look"),
    ])
    #expect(Set(outcome.mended.map(\.code)) == ["L05", "L06", "L20"])
    var files = Small.files
    files.merge(outcome.files) { _, new in new }
    #expect(Mender.mend(.memory(files)) == Mender.Outcome())
    #expect(Catalog.load(from: .memory(files)).problems == [])
  }

  @Test func `a file without an end gets one`() {
    let outcome = mend([], in: String(Small.yaml.dropLast()))
    #expect(outcome.files == [Self.file: Small.yaml])
    #expect(outcome.mended.map(\.message) == ["The last line has no end."])
  }

  @Test func `a byte order mark is told by its name, keeps nothing from being read, and is taken away`() {
    var files = Small.files
    files[Self.file] = "\u{feff}" + Small.yaml
    let (catalog, problems) = Catalog.load(from: .memory(files))
    #expect(catalog.lessons.map(\.id) == ["sp9-small"])
    #expect(problems.map(\.code) == ["L06"])
    #expect(problems.first?.message.contains("byte order mark") == true)
    #expect(Mender.mend(.memory(files)).files == [Self.file: Small.yaml])
  }

  @Test func `what needs judgement stays as it is`() {
    #expect(mend([("minutes: 3", "minutes: 010")]).files == [:])
    #expect(mend([("beliefs: [M01]", "beliefs: []")]).files == [:])
    // Further on in a line a tab may belong to a text.
    #expect(mend([("A server greets", "A\tserver greets")]).files == [:])
    #expect(mend([("minutes: 3\n", "minutes: 3\nminutes: 3\n")]).files == [:])
    #expect(mend([]).files == [:])
  }

  @Test func `only the files that were asked for are mended`() {
    var files = Small.files
    files[Self.file] = Small.yaml + " \n"
    #expect(Mender.mend(.memory(files), wanted: { $0 == "lessons/beliefs.yaml" }) == Mender.Outcome())
  }

  @Test func `an accent that stands alone is told`() {
    var files = Small.files
    files[Self.file] = Small.yaml.replacing("A server greets", with: "A serve\u{301}r greets")
    let problems = Catalog.load(from: .memory(files)).problems
    #expect(problems.map(\.code) == ["L06"])
    #expect(problems.map(\.column) == [18])
  }
}
