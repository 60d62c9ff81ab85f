extension LessonDraft {
  /// The whole file.
  package var text: String {
    let quoted = title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return """
      netlab: 1
      id: \(id)
      code: \(code)
      track: \(track)
      title: "\(quoted)"
      # What a learner comes with, 110 characters at most.
      question: "What does a name of seven letters cost on the wire?"
      minutes: 5
      level: 1                        # 1 worked, 2 and 3 with a try of their own
      seeds: []
      needs: []                       # ids of lessons that come first
      teaches: [record]
      # The wrong ideas it is there for: ids of lessons/beliefs.yaml, where this lesson is listed too.
      beliefs: []
      requires: { max_seconds: 20 }
      layout: { left: [srv, cli], right: [tsrv, tcli], left_title: "PLAIN", right_title: "TLS", pane: wire }

      actors:
        srv:  { role: server, kind: greet, transport: plain, listen: { host: "127.0.0.1" }, reply: "Hey {data}!" }
        tsrv: { role: server, kind: greet, transport: tls, identity: server, listen: { host: "127.0.0.1" }, reply: "Hey {data}!" }
        cli:  { role: client, transport: plain, connect: srv }
        tcli: { role: client, transport: tls, connect: tsrv, trust: [lab-ca], name: netlab.test }

      steps:
        - id: read
          say: |
            Two servers greet whoever comes: one in plain text, one through TLS.
            Each gets one client, and each client sends a name of seven letters.

        - id: predict
          predict:
            ask: "How many bytes does the TLS client send for that name, all in all?"
            choices:                  # `shows`: what the run shows if it is so; a wrong one's must not come true
              - { key: a, text: "Seven: letters are letters, encrypted or not", plausible: "a cipher swaps each letter", shows: [ { fact: wire.sent_bytes, of: tcli, is: 7 } ] }
              - { key: b, text: "Many more than seven", correct: true, shows: [ { fact: wire.sent_bytes, of: tcli, at_least: 100 } ] }
              - { key: c, text: "A few more than seven", plausible: "a mark before and after it", shows: [ { fact: wire.sent_bytes, of: tcli, at_most: 99 } ] }
            confidence: true

        - id: run
          do:
            - start: [srv, tsrv]
            - start: [cli, tcli]
            - send: { from: cli, text: "Herbert" }
            - send: { from: tcli, text: "Herbert" }
          note: "Look at the bytes of both clients."
          expect:
            - { fact: app.received, of: [cli, tcli], is: "Hey Herbert!" }
            - { fact: wire.sent_bytes, of: cli, is: 7 }
            - { no_error: [cli, tcli, srv, tsrv] }
          highlight: { pane: wire, of: [cli, tcli] }

        - id: observe
          observe:
            ask: "In whose bytes can you read the name?"
            choices:
              - { key: a, text: "In those of both" }
              - { key: b, text: "In those of the plain client alone", correct: true }
              - { key: c, text: "In those of the TLS client alone" }
            wrong: "Open the wire pane, once for each client, and look for the letters of the name."

        - id: explain
          explain:
            say: |
              The plain client sent {{cli.wire.sent_bytes}} bytes: the name, as it is.
              The TLS client sent {{tcli.wire.sent_bytes}}. Most of them are the
              handshake; then comes the name, in a record that only the two ends can
              read.

        - id: try
          try:
            goal: "Make the plain server hear a second name on the connection it has."
            moves:
              - { key: a, text: "Connect the plain client again", do: [ { start: cli } ] }
              - { key: b, text: "Send Sabine from the plain client", do: [ { send: { from: cli, text: "Sabine" } } ] }
            done_when:
              - { fact: app.received, of: "srv.conn(1)", contains: "Sabine" }
            hints:                    # where to look, which idea, the exact move
              - "Look at the rows of the plain pair: the connection is still open."
              - "A connection carries as many messages as you like."
              - "Press b."
            solution: [b]

        - id: recall
          recall:
            - ask: "What does TLS send before the first byte of a program?"
              choices: ["Nothing, when the message is short", "A handshake", "A copy in plain text"]
              correct: 1
              why: "Both ends have to agree on keys before anything can be encrypted."
              later:                  # the same idea in a new situation, days later
                ask: "A sensor sends two bytes an hour, each time over a new TLS connection. What fills the wire?"
                choices: ["The handshakes", "The readings", "Both alike"]
                correct: 0
                why: "Each connection begins with one, and it is far longer than two bytes."

      """
  }
}
