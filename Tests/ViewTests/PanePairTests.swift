import LabCanvas
import LabViews
import Testing

@Test func `a plain pair shows its server, its connections and what was said`() {
  #expect(
    PaneSamples.picture(PlainPairPane.self, 68, 8, PaneSamples.context(PaneSamples.paired)) == """
      srv  LISTEN 127.0.0.1:7777  queue 0/5  fd 4
      └ #1 ↔ 43788 ESTAB
      cli1  43788 ═▶ 7777  ESTAB  sent "Herbert"  got "Hey Herbert!"
      not started: cli2
      """)
  #expect(
    PaneSamples.picture(PlainPairPane.self, 38, 4, PaneSamples.context(PaneSamples.paired)) == """
      srv LISTEN 127.0.0.1:7777 queue 0/5
      └ #1 ↔ 43788 ESTAB
      cli1  43788 ═▶ 7777  ESTAB
        sent "Herbert"  got "Hey Herbert!"
      """)
}

@Test func `a TLS pair shows what was agreed and the verdict on the certificate`() {
  #expect(
    PaneSamples.picture(TLSPairPane.self, 68, 8, PaneSamples.context(PaneSamples.paired)) == """
      tsrv  LISTEN 127.0.0.1:7443  queue 0/5  fd 4
      └ #1 ↔ 51572 ESTAB TLS 1.3
      tcli  51572 ▒▶ 7443  TLS 1.3  sent "Sabine"  got "Hey Sabine!"
      TLS_AES_256_GCM_SHA384  X25519  verify 0 ok  CN=netlab.test
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 38, 8, PaneSamples.context(PaneSamples.paired)) == """
      tsrv LISTEN 127.0.0.1:7443 queue 0/5
      └ #1 ↔ 51572 ESTAB TLS 1.3
      tcli  51572 ▒▶ 7443  TLS 1.3
        sent "Sabine"  got "Hey Sabine!"
      verify 0 ok  CN=netlab.test
      TLS_AES_256_GCM_SHA384  X25519
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 38, 4, PaneSamples.context(PaneSamples.paired)) == """
      tsrv LISTEN 127.0.0.1:7443 queue 0/5
      └ #1 ↔ 51572 ESTAB TLS 1.3
      tcli  51572 ▒▶ 7443  TLS 1.3
        sent "Sabine"  got "Hey Sabine!"
      """)
}

@Test func `ASCII marks clear and encrypted with other characters`() {
  #expect(
    PaneSamples.picture(PlainPairPane.self, 38, 8, PaneSamples.context(PaneSamples.paired, .ascii)) == """
      srv LISTEN 127.0.0.1:7777 queue 0/5
      ` #1 <-> 43788 ESTAB
      cli1  43788 => 7777  ESTAB
        sent "Herbert"  got "Hey Herbert!"
      not started: cli2
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 38, 8, PaneSamples.context(PaneSamples.paired, .ascii)) == """
      tsrv LISTEN 127.0.0.1:7443 queue 0/5
      ` #1 <-> 51572 ESTAB TLS 1.3
      tcli  51572 #> 7443  TLS 1.3
        sent "Sabine"  got "Hey Sabine!"
      verify 0 ok  CN=netlab.test
      TLS_AES_256_GCM_SHA384  X25519
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 68, 8, PaneSamples.context(PaneSamples.paired, .ascii)) == """
      tsrv  LISTEN 127.0.0.1:7443  queue 0/5  fd 4
      ` #1 <-> 51572 ESTAB TLS 1.3
      tcli  51572 #> 7443  TLS 1.3  sent "Sabine"  got "Hey Sabine!"
      TLS_AES_256_GCM_SHA384  X25519  verify 0 ok  CN=netlab.test
      """)
}

@Test func `a held handshake says what is held and what each end waits for`() {
  #expect(
    PaneSamples.picture(TLSPairPane.self, 68, 8, PaneSamples.context(PaneSamples.held)) == """
      tsrv  LISTEN 127.0.0.1:7443  backlog 5  fd 4
      └ #1 ↔ 51572  handshaking  held: ServerHello (+2)
      tcli  51572 ═▶ 7443  handshaking  waits for ServerHello
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 38, 4, PaneSamples.context(PaneSamples.held)) == """
      tsrv LISTEN 127.0.0.1:7443 backlog 5
      └ #1 ↔ 51572  held: ServerHello (+2)
      tcli  51572 ═▶ 7443  handshaking
        waits for ServerHello
      """)
}

@Test func `a client of TLS 1.3 is not confirmed before the server has answered`() {
  #expect(
    PaneSamples.picture(TLSPairPane.self, 68, 8, PaneSamples.context(PaneSamples.unconfirmed)) == """
      tsrv  LISTEN 127.0.0.1:7443  backlog 5  fd 4
      └ #1 ↔ 51572  handshaking
      tcli  51572 ▒▶ 7443  TLS 1.3  done here, not yet confirmed
      TLS_AES_256_GCM_SHA384  X25519  verify 0 ok  CN=netlab.test
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 38, 8, PaneSamples.context(PaneSamples.unconfirmed)) == """
      tsrv LISTEN 127.0.0.1:7443 backlog 5
      └ #1 ↔ 51572  handshaking
      tcli  51572 ▒▶ 7443  TLS 1.3
        done here, not yet confirmed
      verify 0 ok  CN=netlab.test
      TLS_AES_256_GCM_SHA384  X25519
      """)
}

@Test func `a failure names the end, the code and who decided`() {
  #expect(
    PaneSamples.picture(TLSPairPane.self, 68, 8, PaneSamples.context(PaneSamples.refused)) == """
      tsrv  LISTEN 127.0.0.1:7443  backlog 5  fd 4
      └ #1 ↔ 51572  failed
      ! tsrv #1 peer-unknown-ca decided by the peer (alert 48 unknown_ca)
      tcli  51572 ═▶ 7443  failed
      ! tcli unknown-ca decided here (verify 20) after the certificate
      verify 20: not trusted  CN=netlab.test
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 38, 8, PaneSamples.context(PaneSamples.refused, .ascii)) == """
      tsrv LISTEN 127.0.0.1:7443 backlog 5
      ` #1 <-> 51572  failed
      ! tsrv #1 peer-unknown-ca by the peer
      tcli  51572 => 7443  failed
      ! tcli unknown-ca here (verify 20)
      verify 20: not trusted  CN=netlab.test
      """)
  #expect(
    PaneSamples.picture(TLSPairPane.self, 38, 4, PaneSamples.context(PaneSamples.refused)) == """
      tsrv LISTEN 127.0.0.1:7443 backlog 5
      ! tsrv #1 peer-unknown-ca by the peer
      tcli  51572 ═▶ 7443  failed
      ! tcli unknown-ca here (verify 20)
      """)
}

@Test func `a port that was taken, a paused accept and the queue are said`() {
  #expect(
    PaneSamples.picture(PlainPairPane.self, 68, 8, PaneSamples.context(PaneSamples.crowded)) == """
      srv  LISTEN 127.0.0.1:40123  (7777 taken)  accept paused  queue 1/5
      cli1  43788 ═▶ 40123  ESTAB  waits in the accept queue
      cli2  … ═▶ 40123  connecting…  SYN-SENT
      """)
  #expect(
    PaneSamples.picture(PlainPairPane.self, 38, 8, PaneSamples.context(PaneSamples.crowded)) == """
      srv LISTEN 127.0.0.1:40123 queue 1/5
        7777 was taken: the kernel chose
        accept paused
      cli1  43788 ═▶ 40123  ESTAB
        waits in the accept queue
      cli2  … ═▶ 40123  connecting…
        SYN-SENT
      """)
}

@Test func `programs that were not started say so`() {
  #expect(
    PaneSamples.picture(PlainPairPane.self, 38, 4, PaneSamples.context(PaneSamples.held)) == """
      not started: srv cli1 cli2
      """)
}

@Test func `one list holds both halves on a narrow screen`() {
  #expect(
    PaneSamples.picture(MergedPairPane.self, 58, 12, PaneSamples.context(PaneSamples.paired)) == """
      P srv  LISTEN 127.0.0.1:7777  queue 0/5  fd 4
      P └ #1 ↔ 43788 ESTAB
      P cli1  43788 ═▶ 7777  ESTAB
      P   sent "Herbert"  got "Hey Herbert!"
      P not started: cli2
      T tsrv  LISTEN 127.0.0.1:7443  queue 0/5  fd 4
      T └ #1 ↔ 51572 ESTAB TLS 1.3
      T tcli  51572 ▒▶ 7443  TLS 1.3
      T   sent "Sabine"  got "Hey Sabine!"
      T verify 0 ok  CN=netlab.test
      T TLS_AES_256_GCM_SHA384  X25519
      """)
  #expect(
    PaneSamples.picture(MergedPairPane.self, 58, 6, PaneSamples.context(PaneSamples.refused, .ascii)) == """
      P not started: srv cli1 cli2
      T tsrv  LISTEN 127.0.0.1:7443  backlog 5  fd 4
      T ` #1 <-> 51572  failed
      T ! tsrv #1 peer-unknown-ca decided by the peer
      T tcli  51572 => 7443  failed
      T ! tcli unknown-ca decided here (verify 20)
      """)
}
