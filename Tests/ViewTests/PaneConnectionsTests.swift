import LabCanvas
import LabViews
import Testing

@Test func `each socket has its owner, its peer and who chose its ports`() {
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 78, 8, PaneSamples.context(PaneSamples.paired)) == """
        owner       local address     peer address    state  rq/sq port by
        srv listen  127.0.0.1:7777    *               LISTEN 0/5   you
        srv conn 1  127.0.0.1:7777  ↔ 127.0.0.1:43788 ESTAB  0/0   you ↔ kernel
        tsrv listen 127.0.0.1:7443    *               LISTEN 0/5   you
        tsrv conn 1 127.0.0.1:7443  ↔ 127.0.0.1:51572 ESTAB  0/0   you ↔ kernel
        cli1        127.0.0.1:43788 ↔ 127.0.0.1:7777  ESTAB  0/0   kernel ↔ you
        tcli        127.0.0.1:51572 ↔ 127.0.0.1:7443  ESTAB  0/0   kernel ↔ you
      """)
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 94, 9, PaneSamples.context(PaneSamples.paired)) == """
        owner       local address     peer address    state  rq/sq port chosen by
        srv listen  127.0.0.1:7777    *               LISTEN 0/5   you
        srv conn 1  127.0.0.1:7777  ↔ 127.0.0.1:43788 ESTAB  0/0   you ↔ kernel
        tsrv listen 127.0.0.1:7443    *               LISTEN 0/5   you
        tsrv conn 1 127.0.0.1:7443  ↔ 127.0.0.1:51572 ESTAB  0/0   you ↔ kernel
        cli1        127.0.0.1:43788 ↔ 127.0.0.1:7777  ESTAB  0/0   kernel ↔ you
        tcli        127.0.0.1:51572 ↔ 127.0.0.1:7443  ESTAB  0/0   kernel ↔ you
      """)
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 138, 9, PaneSamples.context(PaneSamples.paired)) == """
        owner       local address     peer address    state  rq/sq port chosen by
        srv listen  127.0.0.1:7777    *               LISTEN 0/5   you
        srv conn 1  127.0.0.1:7777  ↔ 127.0.0.1:43788 ESTAB  0/0   you ↔ kernel
        tsrv listen 127.0.0.1:7443    *               LISTEN 0/5   you
        tsrv conn 1 127.0.0.1:7443  ↔ 127.0.0.1:51572 ESTAB  0/0   you ↔ kernel
        cli1        127.0.0.1:43788 ↔ 127.0.0.1:7777  ESTAB  0/0   kernel ↔ you
        tcli        127.0.0.1:51572 ↔ 127.0.0.1:7443  ESTAB  0/0   kernel ↔ you
      """)
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 78, 8, PaneSamples.context(PaneSamples.paired, .ascii)) == """
        owner       local address       peer address    state  rq/sq port by
        srv listen  127.0.0.1:7777      *               LISTEN 0/5   you
        srv conn 1  127.0.0.1:7777  <=> 127.0.0.1:43788 ESTAB  0/0   you / kernel
        tsrv listen 127.0.0.1:7443      *               LISTEN 0/5   you
        tsrv conn 1 127.0.0.1:7443  <=> 127.0.0.1:51572 ESTAB  0/0   you / kernel
        cli1        127.0.0.1:43788 <=> 127.0.0.1:7777  ESTAB  0/0   kernel / you
        tcli        127.0.0.1:51572 <=> 127.0.0.1:7443  ESTAB  0/0   kernel / you
      """)
}

@Test func `where states and queues had no room, addresses are short`() {
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 50, 8, PaneSamples.context(PaneSamples.paired)) == """
        owner       local  peer   state  rq/sq
        srv listen  :7777  *      LISTEN 0/5
        srv conn 1  :7777  :43788 ESTAB  0/0
        tsrv listen :7443  *      LISTEN 0/5
        tsrv conn 1 :7443  :51572 ESTAB  0/0
        cli1        :43788 :7777  ESTAB  0/0
        tcli        :51572 :7443  ESTAB  0/0
      """)
}

@Test func `the chosen row marks its mirror`() {
  var moved1 = PaneSamples.context(PaneSamples.paired)
  moved1.selection = 1
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 78, 8, moved1) == """
        owner       local address     peer address    state  rq/sq port by
        srv listen  127.0.0.1:7777    *               LISTEN 0/5   you
      ▸ srv conn 1  127.0.0.1:7777  ↔ 127.0.0.1:43788 ESTAB  0/0   you ↔ kernel
        tsrv listen 127.0.0.1:7443    *               LISTEN 0/5   you
        tsrv conn 1 127.0.0.1:7443  ↔ 127.0.0.1:51572 ESTAB  0/0   you ↔ kernel
      ↔ cli1        127.0.0.1:43788 ↔ 127.0.0.1:7777  ESTAB  0/0   kernel ↔ you
        tcli        127.0.0.1:51572 ↔ 127.0.0.1:7443  ESTAB  0/0   kernel ↔ you
      """)
  var moved2 = PaneSamples.context(PaneSamples.paired, .ascii)
  moved2.selection = 4
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 78, 8, moved2) == """
        owner       local address       peer address    state  rq/sq port by
        srv listen  127.0.0.1:7777      *               LISTEN 0/5   you
      = srv conn 1  127.0.0.1:7777  <=> 127.0.0.1:43788 ESTAB  0/0   you / kernel
        tsrv listen 127.0.0.1:7443      *               LISTEN 0/5   you
        tsrv conn 1 127.0.0.1:7443  <=> 127.0.0.1:51572 ESTAB  0/0   you / kernel
      > cli1        127.0.0.1:43788 <=> 127.0.0.1:7777  ESTAB  0/0   kernel / you
        tcli        127.0.0.1:51572 <=> 127.0.0.1:7443  ESTAB  0/0   kernel / you
      """)
}

@Test func `the window follows the chosen row`() {
  var moved = PaneSamples.context(PaneSamples.paired)
  moved.selection = 5
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 78, 4, moved) == """
        owner       local address     peer address    state  rq/sq port by
      ↔ tsrv conn 1 127.0.0.1:7443  ↔ 127.0.0.1:51572 ESTAB  0/0   you ↔ kernel
        cli1        127.0.0.1:43788 ↔ 127.0.0.1:7777  ESTAB  0/0   kernel ↔ you
      ▸ tcli        127.0.0.1:51572 ↔ 127.0.0.1:7443  ESTAB  0/0   kernel ↔ you
      """)
}

@Test func `a taken port, the queue, new rows and rows without a program are told apart`() {
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 94, 8, PaneSamples.context(PaneSamples.crowded)) == """
        owner      local address     peer address    state       rq/sq port chosen by
        srv listen 127.0.0.1:40123   *               LISTEN      1/5   kernel (7777 taken)
        srv queue  127.0.0.1:40123 ↔ 127.0.0.1:43788 ESTAB *     0/0   kernel
        cli1       127.0.0.1:43788 ↔ 127.0.0.1:40123 ESTAB *     0/0   kernel ↔ kernel
        cli2       127.0.0.1:43790 ↔ 127.0.0.1:40123 SYN-SENT *  0/0   –
        none       127.0.0.1:43700 ↔ 127.0.0.1:40123 TIME-WAIT * 0/0   kernel ↔ kernel
      """)
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 78, 8, PaneSamples.context(PaneSamples.crowded)) == """
        owner      local address   peer address    state       rq/sq port by
        srv listen 127.0.0.1:40123 *               LISTEN      1/5   kernel (taken)
        srv queue  127.0.0.1:40123 127.0.0.1:43788 ESTAB *     0/0   kernel
        cli1       127.0.0.1:43788 127.0.0.1:40123 ESTAB *     0/0   kernel ↔ kernel
        cli2       127.0.0.1:43790 127.0.0.1:40123 SYN-SENT *  0/0   –
        none       127.0.0.1:43700 127.0.0.1:40123 TIME-WAIT * 0/0   kernel ↔ kernel
      """)
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 58, 8, PaneSamples.context(PaneSamples.crowded, .ascii)) == """
        owner      local  peer   state       rq/sq
        srv listen :40123 *      LISTEN      1/5
        srv queue  :40123 :43788 ESTAB *     0/0
        cli1       :43788 :40123 ESTAB *     0/0
        cli2       :43790 :40123 SYN-SENT *  0/0
        none       :43700 :40123 TIME-WAIT * 0/0
      """)
}

@Test func `an empty table says why`() {
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 42, 4, PaneSamples.context(PaneSamples.held)) == """
      The kernel has not been asked yet.
      """)
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 42, 4, PaneSamples.context(PaneSamples.silent)) == """
      Nothing is listening: the kernel has no
      socket of this lesson.
      """)
  #expect(
    PaneSamples.picture(ConnectionsPane.self, 42, 4, PaneSamples.context(PaneSamples.piped)) == """
      The kernel has no socket of this lesson:
      its programs are joined by pipes.
      """)
}
