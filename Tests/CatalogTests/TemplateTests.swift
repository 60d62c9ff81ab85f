import LabCore
import Testing

@testable import LabCatalog

@Suite struct TemplateTests {
  func value(_ path: String) -> Value? {
    switch path {
    case "srv.port": .number(7777)
    case "cert.names": .list([.text("DNS:a.test"), .text("DNS:b.test")])
    case "cli.app.sent": .text("")
    default: nil
    }
  }

  @Test(arguments: [
    ("port {{srv.port}}", "port 7777", []),
    ("{{ srv.port }}", "7777", []),
    ("{{cert.names}}!", "DNS:a.test, DNS:b.test!", []),
    ("port {{cli.port}}.", "port (not known yet).", ["cli.port"]),
    ("sent {{cli.app.sent}}", "sent (not known yet)", ["cli.app.sent"]),
    ("no {{ end", "no {{ end", []),
    ("{brace} }}", "{brace} }}", []),
  ])
  func `a lesson's text is filled, and what is missing is marked and named`(
    text: String, filled: String, missing: [String]
  ) {
    let result = Template.fill(text, value)
    #expect(result.text == filled)
    #expect(result.missing == missing)
  }

  @Test(arguments: [
    ("It listens on {{srv.port}}. It said {{here.text}}. Look.", "It listens on 7777. Look."),
    ("It said \"{{here.text}}\".", nil),
    ("Names: {{cert.names}}. (And {{nobody.port}}.) End.", "Names: DNS:a.test, DNS:b.test. End."),
    ("Version 1.3 is new.", "Version 1.3 is new."),
    ("First {{a.b}} line\nbelongs to one sentence.\nSecond.", "Second."),
  ])
  func `a card's sentence goes where a value of it is absent`(text: String, filled: String?) {
    #expect(Template.fillDropping(text, value) == filled)
  }

  @Test func `sentences joined give the text back`() {
    let text = "One. Two? (Three!) Four {{a.b. c}} five.\n\nSix"
    #expect(Sentences.split(text).joined() == text)
    #expect(Sentences.split(text).count == 5)
  }

  @Test func `an author's line breaks are no paragraphs, blank lines and indents are`() {
    #expect(
      Paragraphs.split("One line\nand more.\n\nTwo.\n  $ run it\nThree.\n")
        == ["One line and more.", "Two.", "  $ run it", "Three."])
  }

  @Test(arguments: [
    ("backlogg", "backlog"), ("prefer-port", "prefer_port"), ("hots", "host"), ("list", "listen"),
    ("zebra", nil),
  ])
  func `a word is taken for the nearest right one`(word: String, nearest: String?) {
    #expect(
      DidYouMean.nearest(to: word, among: ["backlog", "prefer_port", "host", "listen", "port"]) == nearest)
  }
}
