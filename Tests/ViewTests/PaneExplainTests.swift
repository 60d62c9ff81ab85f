import LabCanvas
import LabViews
import Testing

@Test func `a question shows what was tried and keeps its prompt in the last line`() {
  #expect(
    PaneSamples.picture(ExplainPane.self, 76, 18, PaneSamples.asked()) == """
      ✘ You predicted "the server moved to another port".

      Three clients have come. Look at the table.

      In the row of the newest accepted connection, which port is the server's?

         a) 43804
      ✘  b) a different one for each client  not this one
         c) 7777

      Hint 1: Look at the column of local addresses.

      Look at the rows that start with srv conn.
      Press a, b or c.
      """)
  #expect(
    PaneSamples.picture(ExplainPane.self, 78, 5, PaneSamples.asked()) == """
      In the row of the newest accepted connection, which port is the server's?
      a) 43804   ✘ b) a different one for each client   c) 7777
      ✘ You predicted "the server moved to another port".
      Look at the rows that start with srv conn.
      Press a, b or c.
      """)
  #expect(
    PaneSamples.picture(ExplainPane.self, 44, 14, PaneSamples.asked(.ascii)) == """
      x You predicted "the server moved to another
        port".
      Three clients have come. Look at the table.
      In the row of the newest accepted
      connection, which port is the server's?
         a) 43804
      x  b) a different one for each client  not
            this one
         c) 7777
      Hint 1: Look at the column of local
      addresses.
      Look at the rows that start with srv conn.
      Press a, b or c.
      """)
  var moved4 = PaneSamples.asked()
  moved4.scroll = 3
  #expect(
    PaneSamples.picture(ExplainPane.self, 38, 9, moved4) == """
         a) 43804
      ✘  b) a different one for each client
            not this one
         c) 7777
      ✘ You predicted "the server moved to
        another port".
      Look at the rows that start with srv
      conn.
      Press a, b or c.
      """)
}

@Test func `an answered question shows the right answer in words too`() {
  #expect(
    PaneSamples.picture(ExplainPane.self, 76, 12, PaneSamples.answered()) == """
      ✔ You predicted "one port for all": so it is.

      In the row of the newest accepted connection, which port is the server's?

         a) 43804
      ✘  b) a different one for each client  not this one
      ✔  c) 7777  right

      Every connection keeps the server's one port.
      Space goes on.
      """)
  #expect(
    PaneSamples.picture(ExplainPane.self, 42, 12, PaneSamples.answered(.ascii)) == """
      ok You predicted "one port for all": so it
         is.
      In the row of the newest accepted
      connection, which port is the server's?
         a) 43804
      x  b) a different one for each client  not
            this one
      ok c) 7777  right
      Every connection keeps the server's one
      port.
      Space goes on.
      """)
}

@Test func `a recall question marks what was chosen, too`() {
  #expect(
    PaneSamples.picture(ExplainPane.self, 76, 12, PaneSamples.recalled()) == """
      In the row of the newest accepted connection, which port is the server's?

      ✘  a) 43804  your answer
         b) a different one for each client
      ✔  c) 7777  right

      So.
      Space goes on.
      """)
}

@Test func `a bench shows its goal, its moves and how often each was made`() {
  #expect(
    PaneSamples.picture(ExplainPane.self, 76, 14, PaneSamples.bench()) == """
      Watch: the line that begins with cert

      Goal: Make the client trust the server.

         a  Start the client with the lab CA.  done
         b  Switch checking off.  done 2 times
         c  Restart the server.

      H: 2 hints left.

      Press a, b, c.
      """)
  #expect(
    PaneSamples.picture(ExplainPane.self, 42, 14, PaneSamples.bench(.ascii)) == """
      Watch: the line that begins with cert

      Goal: Make the client trust the server.

         a  Start the client with the lab CA.
            done
         b  Switch checking off.  done 2 times
         c  Restart the server.

      H: 2 hints left.

      Press a, b, c.
      """)
}

@Test func `a prediction asks how sure one is`() {
  #expect(
    PaneSamples.picture(ExplainPane.self, 42, 8, PaneSamples.sure()) == """
      You said c.

      How sure are you?  1 a guess   2 fairly
      sure   3 sure

      Press 1, 2 or 3.
      """)
}

@Test func `a text names its cards and what differed`() {
  #expect(
    PaneSamples.picture(ExplainPane.self, 76, 12, PaneSamples.told()) == """
      The client looked, and did not trust what it saw.

      ✘ tcli: expected error unknown-ca; seen no error.

      More on (e opens it): unknown-ca

      Space goes on.
      """)
}

@Test func `no lesson is said`() {
  #expect(
    PaneSamples.picture(ExplainPane.self, 42, 3, PaneSamples.none()) == """
      No lesson is open.
      """)
}
