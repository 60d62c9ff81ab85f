import LabCanvas
import LabCore
import LabFacts
import LabTesting
import LabViews
import Testing

@testable import LabCatalog

private var panes: [any PaneView.Type] {
  [
    PlainPairPane.self, TLSPairPane.self, MergedPairPane.self, ConnectionsPane.self, LadderPane.self,
    WirePane.self,
    ExplainPane.self, ErrorsPane.self,
  ]
}

private let stories = [
  FactStory(), PaneSamples.paired, PaneSamples.held, PaneSamples.refused, PaneSamples.crowded,
  PaneSamples.hello,
  PaneSamples.unconfirmed, PaneSamples.visited, PaneSamples.cut, PaneSamples.plain,
]

/// A peer that puts terminal commands into everything it can.
private var hostile: FactStory {
  let poison = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{8}\u{202e}"
  let bytes = Bytes(text: poison)
  var story = FactStory()
  story.listen("srv", 7777)
  story.open(PaneSamples.cli1, from: 43788, to: 7777)
  story.accept(PaneSamples.srv1, at: 7777, from: 43788)
  story.talk(PaneSamples.cli1, PaneSamples.srv1, poison, poison)
  var evidence = Evidence()
  evidence.firstReceived = bytes.kept
  story.tell(
    .failed(
      PaneSamples.cli1,
      Failure(
        layer: .tls, code: .tlsToPlainPort, phase: .handshakeStart, decidedBy: .here, evidence: evidence,
        verbatim: [poison])))
  return story
}

@Test func `every pane draws into any room without leaving it`() {
  for pane in panes {
    for story in stories {
      for glyphs in [Glyphs.unicode, .ascii] {
        for (width, height) in [(0, 0), (1, 1), (2, 3), (5, 2), (9, 9), (27, 4), (60, 1), (200, 3)] {
          var context = PaneSamples.context(story, glyphs)
          context.focused = true
          context.selection = 3
          context.scroll = 7
          var canvas = Canvas(Size(width + 4, height + 2))
          pane.draw(&canvas, in: Rect(x: 2, y: 1, width: width, height: height), context)
          let outside = canvas.lines.enumerated().filter { y, line in
            (y < 1 || y > height) && !line.isEmpty || line.prefix(2).contains { $0 != " " }
              || DisplayWidth.of(line) > width + 2
          }
          #expect(outside.isEmpty, "\(pane) \(width)x\(height)")
          #expect(pane.contentHeight(context, width: width) >= 0)
          #expect(pane.rowCount(context) >= 0)
        }
      }
    }
  }
}

@Test func `what a peer sends never reaches the screen as a command`() {
  for pane in panes {
    for raw in [true, false] {
      var context = PaneSamples.context(hostile, .ascii)
      context.rawHex = raw
      let picture = PaneSamples.picture(pane, 138, 40, context)
      #expect(picture.unicodeScalars.allSatisfy { $0 == "\n" || (0x20...0x7e).contains($0.value) }, "\(pane)")
    }
  }
  for fact in hostile.facts {
    let words = EventWords.line(fact, in: hostile.state) ?? ""
    #expect(words.unicodeScalars.allSatisfy { (0x20...0x7e).contains($0.value) })
  }
}

@Test func `titles name what a pane shows`() {
  let context = PaneSamples.context(PaneSamples.paired)
  #expect(
    panes.map { $0.title(context) } == [
      "PLAIN · 127.0.0.1:7777", "TLS · 127.0.0.1:7443", "PLAIN and TLS",
      "CONNECTIONS · kernel view (sock_diag)",
      "HANDSHAKE LADDER · tcli ↔ tsrv", "WIRE · tcli ↔ tsrv · 2/2", "READ", "ERRORS 0",
    ])
}

@Test func `what the lesson points at is marked`() throws {
  var run = PaneSamples.run()
  run.highlight = Highlight(pane: .connections, of: [try #require(Subject("srv.conn(last)"))])
  let context = PaneSamples.context(PaneSamples.paired, run: run)
  let rows = PaneSamples.picture(ConnectionsPane.self, 78, 8, context).split(separator: "\n")
  #expect(
    rows.filter { $0.hasPrefix("•") } == [
      "• srv conn 1  127.0.0.1:7777  ↔ 127.0.0.1:43788 ESTAB  0/0   you ↔ kernel"
    ])
}
