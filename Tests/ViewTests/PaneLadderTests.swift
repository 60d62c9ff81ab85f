import LabCanvas
import LabViews
import Testing

@Test func `a handshake stands between two lifelines with a purpose for each message`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 42, 32, PaneSamples.context(PaneSamples.paired)) == """
      client 51572                   server 7443
      │ SYN inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      │◀╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ SYN+ACK inferred │
      │ ACK inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      ├ TCP up                          TCP up ┤
      │ ClientHello 317 B ════════════════════▶│
      │   offers versions, suites, key shares  │
      │◀════════════════════ ServerHello 122 B │
      │           picks version, suite and key │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒ EncryptedExtensions 10 B │
      │       answers the other offers, hidden │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Certificate 512 B │
      │       says who the sender claims to be │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ CertificateVerify 78 B │
      │          proves it has the private key │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Finished 52 B │
      │      checksum over the whole handshake │
      │ Finished 52 B ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      │   checksum over the whole handshake    │
      ├ TLS up                          TLS up ┤
      │ application data 6 B ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ application data 11 B │







      ═ clear  ▒ encrypted  ╌ inferred
      data: 11 bytes of the application,
      encrypted by TLS.
      """)
  #expect(
    PaneSamples.picture(LadderPane.self, 42, 32, PaneSamples.context(PaneSamples.paired, .ascii)) == """
      client 51572                   server 7443
      | SYN inferred ------------------------->|
      |<--------------------- SYN+ACK inferred |
      | ACK inferred ------------------------->|
      + TCP up                          TCP up +
      | ClientHello 317 B ====================>|
      |   offers versions, suites, key shares  |
      |<==================== ServerHello 122 B |
      |           picks version, suite and key |
      |<############# EncryptedExtensions 10 B |
      |       answers the other offers, hidden |
      |<#################### Certificate 512 B |
      |       says who the sender claims to be |
      |<############### CertificateVerify 78 B |
      |          proves it has the private key |
      |<######################## Finished 52 B |
      |      checksum over the whole handshake |
      | Finished 52 B ########################>|
      |   checksum over the whole handshake    |
      + TLS up                          TLS up +
      | application data 6 B #################>|
      |<################ application data 11 B |







      = clear  # encrypted  - inferred
      data: 11 bytes of the application,
      encrypted by TLS.
      """)
}

@Test func `a low ladder follows its newest rung`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 78, 8, PaneSamples.context(PaneSamples.paired)) == """
      client 51572                                                     server 7443
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ CertificateVerify 78 B │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Finished 52 B │
      │ Finished 52 B ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      ├ TLS up                                                            TLS up ┤
      │ application data 6 B ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ application data 11 B │
      data: 11 bytes of the application, encrypted by TLS.
      """)
  #expect(
    PaneSamples.picture(LadderPane.self, 38, 8, PaneSamples.context(PaneSamples.paired)) == """
      client 51572               server 7443
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Finished 52 B │
      │ Finished 52 B ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      ├ TLS up                      TLS up ┤
      │ application data 6 B ▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      │◀▒▒▒▒▒▒▒▒▒▒▒▒ application data 11 B │
      data: 11 bytes of the application,
      encrypted by TLS.
      """)
}

@Test func `a chosen rung stays in sight and tells what it says`() {
  var moved1 = PaneSamples.context(PaneSamples.refused)
  moved1.selection = 4
  #expect(
    PaneSamples.picture(LadderPane.self, 78, 10, moved1) == """
      client 51572                                                     server 7443
      │ ClientHello 317 B ══════════════════════════════════════════════════════▶│
      │◀══════════════════════════════════════════════════════ ServerHello 122 B │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Certificate 512 B │
      │ never read ◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ CertificateVerify 78 B │
      │ alert 48 unknown_ca ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      ├ ✘ unknown-ca decided here                                                │
      ├ closed after a failure                                                   │
      ClientHello: The client offers what it can do, and says which name it wants.
      Anyone on the way can read it. …
      """)
  var moved2 = PaneSamples.context(PaneSamples.refused)
  moved2.selection = 4
  #expect(
    PaneSamples.picture(LadderPane.self, 138, 12, moved2) == """
      client 51572                                                     server 7443  ClientHello: The client offers what it can do, and says
      │ ACK inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│  which name it wants. Anyone on the way can read it.
      ├ TCP up                                                            TCP up ┤  name wanted (SNI): netlab.test
      │ ClientHello 317 B ══════════════════════════════════════════════════════▶│  versions: TLS 1.3, TLS 1.2
      │◀══════════════════════════════════════════════════════ ServerHello 122 B │  version field: TLS 1.2
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Certificate 512 B │  suites: 2 offered: TLS_AES_256_GCM_SHA384,
      │ never read ◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ CertificateVerify 78 B │  TLS_AES_128_GCM_SHA256
      │ alert 48 unknown_ca ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│  key shares: X25519
      ├ ✘ unknown-ca decided here                                                │  groups: 2 offered: X25519, P-256
      ├ closed after a failure                                                   │
      │                                    ✘ peer-unknown-ca decided by the peer ┤
      │                                                   closed after a failure ┤
      """)
}

@Test func `held records stop at the gate`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 42, 16, PaneSamples.context(PaneSamples.held)) == """
      client 51572                   server 7443
      │ SYN inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      │◀╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ SYN+ACK inferred │
      │ ACK inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      ├ TCP up                          TCP up ┤
      │ ClientHello 317 B ════════════════════▶│
      │            held ▌═══ ServerHello 122 B │
      │     held ▌▒▒▒ EncryptedExtensions 10 B │
      │            held ▌▒▒▒ Certificate 512 B │
      ClientHello: The client offers what it can
      do, and says which name it wants. Anyone
      on the way can read it.
      name wanted (SNI): netlab.test
      versions: TLS 1.3, TLS 1.2
      version field: TLS 1.2
      suites: 2 offered: …
      """)
  #expect(
    PaneSamples.picture(LadderPane.self, 78, 8, PaneSamples.context(PaneSamples.held, .ascii)) == """
      client 51572                                                     server 7443
      + TCP up                                                            TCP up +
      | ClientHello 317 B ======================================================>|
      |                                              held |=== ServerHello 122 B |
      |                                       held |### EncryptedExtensions 10 B |
      |                                              held |### Certificate 512 B |
      ClientHello: The client offers what it can do, and says which name it wants.
      Anyone on the way can read it. ...
      """)
}

@Test func `a failure stands at the end that reports it, with who decided`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 42, 26, PaneSamples.context(PaneSamples.refused)) == """
      client 51572                   server 7443
      │ SYN inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      │◀╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ SYN+ACK inferred │
      │ ACK inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      ├ TCP up                          TCP up ┤
      │ ClientHello 317 B ════════════════════▶│
      │   offers versions, suites, key shares  │
      │◀════════════════════ ServerHello 122 B │
      │           picks version, suite and key │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Certificate 512 B │
      │       says who the sender claims to be │
      │ never read ◀▒▒▒ CertificateVerify 78 B │
      │          proves it has the private key │
      │ alert 48 unknown_ca ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶│
      ├ ✘ unknown-ca decided here              │
      ├ closed after a failure                 │
      │  ✘ peer-unknown-ca decided by the peer ┤
      │                 closed after a failure ┤



      ═ clear  ▒ encrypted  ╌ inferred
      tcli, unknown-ca: decided here, after the
      certificate (verify 20).
      error:0A000086:SSL routines::certificate
      verify failed
      """)
  #expect(
    PaneSamples.picture(LadderPane.self, 68, 12, PaneSamples.context(PaneSamples.refused, .ascii)) == """
      client 51572                                             server 7443
      | ClientHello 317 B ==============================================>|
      |<============================================== ServerHello 122 B |
      |<############################################## Certificate 512 B |
      | never read <############################# CertificateVerify 78 B |
      | alert 48 unknown_ca ############################################>|
      + x unknown-ca decided here                                        |
      + closed after a failure                                           |
      |                            x peer-unknown-ca decided by the peer +
      |                                           closed after a failure +
      tcli, unknown-ca: decided here, after the certificate (verify 20).
      error:0A000086:SSL routines::certificate verify failed
      """)
}

@Test func `the client alone considers TLS up until the server has read its Finished`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 42, 9, PaneSamples.context(PaneSamples.unconfirmed)) == """
      client 51572                   server 7443
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒ EncryptedExtensions 10 B │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Certificate 512 B │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ CertificateVerify 78 B │
      │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Finished 52 B │
      │ Finished 52 B ▒▒▒▒▒▒▒▒▒▒▶ not read yet │
      ├ TLS up                                 │
      Finished: A checksum over every message so
      far, made with the new keys. One changed …
      """)
}

@Test func `a narrow ladder clips and keeps its arrows`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 28, 9, PaneSamples.context(PaneSamples.paired)) == """
      client 51572     server 7443
      │◀▒▒▒ CertificateVerify 7… │
      │◀▒▒▒▒▒▒▒▒▒▒ Finished 52 B │
      │ Finished 52 B ▒▒▒▒▒▒▒▒▒▒▶│
      ├ TLS up            TLS up ┤
      │ application data 6 B ▒▒▒▶│
      │◀▒▒▒ application data 11… │
      data: 11 bytes of the
      application, encrypted by …
      """)
  #expect(
    PaneSamples.picture(LadderPane.self, 28, 9, PaneSamples.context(PaneSamples.held)) == """
      client 51572     server 7443
      │ ACK inferred ╌╌╌╌╌╌╌╌╌╌╌▶│
      ├ TCP up            TCP up ┤
      │ ClientHello 317 B ══════▶│
      │   ▌═══ ServerHello 122 B │
      │ ▌▒▒ EncryptedExtensions… │
      │   ▌▒▒▒ Certificate 512 B │
      ClientHello: The client
      offers what it can do, and …
      """)
}

@Test func `a connection from outside the lab has a ladder too`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 42, 12, PaneSamples.context(PaneSamples.visited)) == """
      client 40028                   server 8443
      │ SYN inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      │◀╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ SYN+ACK inferred │
      │ ACK inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
      │                                 TCP up ┤
      │ ClientHello 317 B ════════════════════▶│
      │   offers versions, suites, key shares  │
      │◀════════════════════ ServerHello 122 B │
      │           picks version, suite and key │
      │                            GET / → 200 ┤

      GET / HTTP/1.1: answered with 200.
      """)
}

@Test func `no connection is explained`() {
  #expect(
    PaneSamples.picture(LadderPane.self, 42, 4, PaneSamples.context(PaneSamples.silent)) == """
      No connection yet. The ladder grows with
      the first one.
      """)
}
