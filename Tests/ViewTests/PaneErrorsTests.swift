import LabCanvas
import LabFacts
import LabTesting
import LabViews
import Testing

@Test func `each failure has its end, its moment and who decided`() {
  #expect(
    PaneSamples.picture(ErrorsPane.self, 78, 6, PaneSamples.context(PaneSamples.refused)) == """
        who     failure         when       by   number
        tcli    unknown-ca      after cert here verify 20
      ▸ tsrv #1 peer-unknown-ca after cert peer alert 48 unknown_ca
      """)
  #expect(
    PaneSamples.picture(ErrorsPane.self, 42, 6, PaneSamples.context(PaneSamples.refused, .ascii)) == """
        who     failure         by   number
        tcli    unknown-ca      here verify 20
      > tsrv #1 peer-unknown-ca peer alert 48
      """)
  #expect(
    PaneSamples.picture(ErrorsPane.self, 42, 7, PaneSamples.context(PaneSamples.refused, .ascii)) == """
        who     failure         by   number
        tcli    unknown-ca      here verify 20
      > tsrv #1 peer-unknown-ca peer alert 48

      > tsrv #1, peer-unknown-ca, after the
      certificate, decided by the peer, alert 48
      unknown_ca
      """)
  var moved3 = PaneSamples.context(PaneSamples.refused)
  moved3.selection = 0
  #expect(
    PaneSamples.picture(ErrorsPane.self, 138, 6, moved3) == """
        who     failure         when                  decided by number
      ▸ tcli    unknown-ca      after the certificate this end   verify 20
        tsrv #1 peer-unknown-ca after the certificate the peer   alert 48 unknown_ca
      """)
}

@Test func `no failure is explained`() {
  #expect(
    PaneSamples.picture(ErrorsPane.self, 42, 4, PaneSamples.context(PaneSamples.paired)) == """
      No errors. When something fails, this says
      which end noticed it and which one
      decided.
      """)
}

@Test func `an end with a long number, its failure and the failure's number have room in the narrow pane`() {
  var story = FactStory()
  let sturdy = EndID("sturdy", 10)
  story.listen("sturdy", 7443, .tls)
  story.accept(sturdy, at: 7443, from: 51572, .tls)
  story.tell(.failed(sturdy, FactStory.peerUnknownCA))
  story.tell(
    .failed(
      PaneSamples.cli1,
      Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel, evidence: Evidence())))
  var context = PaneSamples.context(story, .ascii)
  context.selection = 0
  let picture = PaneSamples.picture(ErrorsPane.self, 42, 3, context)
  #expect(picture.contains("> sturdy #10 "), "\(picture)")
  #expect(picture.contains("kernel"), "\(picture)")
  #expect(picture.contains("peer   alert 48"), "\(picture)")
}
