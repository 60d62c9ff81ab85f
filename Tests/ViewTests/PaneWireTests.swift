import LabCanvas
import LabCore
import LabFacts
import LabTesting
import Testing

@testable import LabViews

@Test func `a record at its own end's gate has no arrow`() {
  var story = PaneSamples.hello
  story.tell(.held(PaneSamples.tcli, title: "ClientHello", waiting: 0))
  let picture = PaneSamples.picture(WirePane.self, 78, 8, PaneSamples.context(story))
  #expect(picture.hasPrefix("▸ held 54 B ClientHello"), "\(picture)")
}

@Test func `a record is shown with a name for each field`() {
  #expect(
    PaneSamples.picture(WirePane.self, 78, 8, PaneSamples.context(PaneSamples.hello)) == """
      ▸ → 54 B ClientHello       0000  16           type: handshake
                                 0001  03 01        version: TLS 1.0
                                 0003  00 31        length: 49 bytes
                                 0005  01 00 00 …   ClientHello: 49 bytes
                                 0005  01            message type: ClientHello
                                 0009  03 03         version: TLS 1.2
                                 000b  a0 a1 a2 …    random: a0a1a2a3a4a5a6a7a8a9aa…
                                 002c  00 02 13 02   cipher suites: TLS_AES_256_GCM…
      """)
  #expect(
    PaneSamples.picture(WirePane.self, 48, 14, PaneSamples.context(PaneSamples.hello)) == """
      ▸ → 54 B ClientHello
      0000  16           type: handshake
      0001  03 01        version: TLS 1.0
      0003  00 31        length: 49 bytes
      0005  01 00 00 …   ClientHello: 49 bytes
      0005  01            message type: ClientHello
      0009  03 03         version: TLS 1.2
      000b  a0 a1 a2 …    random: a0a1a2a3a4a5a6a7a8a…
      002c  00 02 13 02   cipher suites: TLS_AES_256_…
      0034  6e 65          content: netlab.test
      """)
  #expect(
    PaneSamples.picture(WirePane.self, 42, 14, PaneSamples.context(PaneSamples.hello, .ascii)) == """
      > -> 54 B ClientHello
      0000  16        type: handshake
      0001  03 01     version: TLS 1.0
      0003  00 31     length: 49 bytes
      0005  01 00 ..  ClientHello: 49 bytes
      0005  01         message type: ClientHello
      0009  03 03      version: TLS 1.2
      000b  a0 a1 ..   random: a0a1a2a3a4a5a6...
      002c  00 02 ..   cipher suites: TLS_AES...
      0034  6e 65       content: netlab.test
      """)
  #expect(
    PaneSamples.picture(WirePane.self, 38, 14, PaneSamples.context(PaneSamples.hello)) == """
      ▸ → 54 B ClientHello
      0000  16        type: handshake
      0001  03 01     version: TLS 1.0
      0003  00 31     length: 49 bytes
      0005  01 00 …   ClientHello: 49 bytes
      0005  01         message type: Client…
      0009  03 03      version: TLS 1.2
      000b  a0 a1 …    random: a0a1a2a3a4a5…
      002c  00 02 …    cipher suites: TLS_A…
      0034  6e 65       content: netlab.test
      """)
}

@Test func `raw bytes are shown in rows`() {
  var moved1 = PaneSamples.context(PaneSamples.hello)
  moved1.rawHex = true
  #expect(
    PaneSamples.picture(WirePane.self, 78, 8, moved1) == """
      ▸ → 54 B ClientHello       0000  16 03 01 00 31 01 00 00  ....1...
                                 0008  2d 03 03 a0 a1 a2 a3 a4  -.......
                                 0010  a5 a6 a7 a8 a9 aa ab ac  ........
                                 0018  ad ae af b0 b1 b2 b3 b4  ........
                                 0020  b5 b6 b7 b8 b9 ba bb bc  ........
                                 0028  bd be bf 00 00 02 13 02  ........
                                 0030  01 00 00 00 6e 65        ....ne
      """)
  var moved2 = PaneSamples.context(PaneSamples.hello)
  moved2.rawHex = true
  #expect(
    PaneSamples.picture(WirePane.self, 38, 6, moved2) == """
      ▸ → 54 B ClientHello
      0000  16 03 01 00  ....
      0004  31 01 00 00  1...
      0008  2d 03 03 a0  -...
      000c  a1 a2 a3 a4  ....
      0010  a5 a6 a7 a8  ....
      """)
  var moved3 = PaneSamples.context(PaneSamples.hello)
  moved3.rawHex = true
  #expect(
    PaneSamples.picture(WirePane.self, 100, 8, moved3) == """
      ▸ → 54 B ClientHello       0000  16 03 01 00 31 01 00 00 2d 03 03 a0 a1 a2 a3 a4  ....1...-.......
                                 0010  a5 a6 a7 a8 a9 aa ab ac ad ae af b0 b1 b2 b3 b4  ................
                                 0020  b5 b6 b7 b8 b9 ba bb bc bd be bf 00 00 02 13 02  ................
                                 0030  01 00 00 00 6e 65                                ....ne
      """)
}

@Test func `plain and encrypted bytes of the same moment stand side by side`() {
  #expect(
    PaneSamples.picture(WirePane.self, 138, 12, PaneSamples.context(PaneSamples.paired)) == """
        → 28 B application data
      ▸ ← 33 B application data
      PLAIN cli1 ↔ srv  ← 12 B clear bytes                                  TLS tcli ↔ tsrv  ← 33 B application data
      0000  48 65 79 20 48 65 72 62  Hey Herb                               0000  17                       type: application data
      0008  65 72 74 21              ert!                                   0001  03 03                    version: TLS 1.2
                                                                            0003  00 1c                    length: 28 bytes
                                                                            0005  00 07 0e 15 1c 23 2a …   encrypted payload: 28 bytes
                                                                            An eavesdropper sees no more than this.
                                                                            Inside: Hey Sabine!
      """)
  #expect(
    PaneSamples.picture(WirePane.self, 138, 12, PaneSamples.context(PaneSamples.paired, .ascii)) == """
        -> 28 B application data
      > <- 33 B application data
      PLAIN cli1 <-> srv  <- 12 B clear bytes                               TLS tcli <-> tsrv  <- 33 B application data
      0000  48 65 79 20 48 65 72 62  Hey Herb                               0000  17                       type: application data
      0008  65 72 74 21              ert!                                   0001  03 03                    version: TLS 1.2
                                                                            0003  00 1c                    length: 28 bytes
                                                                            0005  00 07 0e 15 1c 23 2a ..  encrypted payload: 28 bytes
                                                                            An eavesdropper sees no more than this.
                                                                            Inside: Hey Sabine!
      """)
}

@Test func `encrypted bytes are shown as an eavesdropper sees them`() {
  var moved1 = PaneSamples.context(PaneSamples.paired)
  moved1.selection = 0
  #expect(
    PaneSamples.picture(WirePane.self, 78, 8, moved1) == """
      ▸ → 28 B application data  0000  17           type: application data
        ← 33 B application data  0001  03 03        version: TLS 1.2
                                 0003  00 17        length: 23 bytes
                                 0005  00 07 0e …   encrypted payload: 23 bytes
                                 An eavesdropper sees no more than this.
                                 Inside: Sabine
      """)
  #expect(
    PaneSamples.picture(WirePane.self, 48, 14, PaneSamples.context(PaneSamples.paired)) == """
        → 28 B application data
      ▸ ← 33 B application data
      0000  17           type: application data
      0001  03 03        version: TLS 1.2
      0003  00 1c        length: 28 bytes
      0005  00 07 0e …   encrypted payload: 28 bytes
      An eavesdropper sees no more than this.
      Inside: Hey Sabine!
      """)
}

@Test func `the plain connection has its bytes too`() {
  #expect(
    PaneSamples.picture(WirePane.self, 78, 6, PaneSamples.context(PaneSamples.plain)) == """
        → 8 bytes                0000  48 65 79 20 48 65 72 62  Hey Herb
      ▸ ← 13 B clear bytes       0008  65 72 74 21 0a           ert!.
      """)
}

@Test func `what was cut is said`() {
  var moved = PaneSamples.context(PaneSamples.cut)
  moved.rawHex = true
  #expect(
    PaneSamples.picture(WirePane.self, 48, 8, moved) == """
      ▸ → 100000 B clear bytes
      0000  30 31 32 33 34 35 36 37  01234567
      0008  38 39 61 62 63 64 65 66  89abcdef
      Cut: 16 of 100000 bytes were kept.
      """)
}

@Test(arguments: [30, 42, 48, 58, 78, 138], [false, true])
func `bytes are counted as they are written`(width: Int, isRaw: Bool) throws {
  for story in [PaneSamples.hello, PaneSamples.refused, PaneSamples.cut] {
    var context = PaneSamples.context(story)
    context.rawHex = isRaw
    for end in story.state.ends.values {
      for entry in end.wire.elements {
        let bytes = WireBytes(entry.segment, inside: end.inside(entry), context: context)
        let lines = bytes.lines(width: width)
        #expect(bytes.count(width: width) == lines.count)
        let part = bytes.lines(width: width, shown: 1..<3)
        #expect(part.count == lines.count)
        #expect(Array(part.dropFirst().prefix(2)) == Array(lines.dropFirst().prefix(2)))
      }
    }
  }
}
