import LabCanvas

/// The lesson, and one way through it.
enum EveryKind {
  static let files = [
    "tracks.yaml": """
    tracks:
      - { id: sockets, code: SP, title: "Sockets & ports", about: "Ports." }

    """,
    "beliefs.yaml": """
    beliefs:
      - { id: M01, belief: "The client's port is the server's.", truth: "Each has its own.", lessons: [sp1-kinds] }

    """,
    "sockets/sp1-kinds.yaml": lesson,
  ]

  /// What is waited for, and the keys then; up to the question for a port.
  static let keys: [(String, [Key])] = [
    ("greets whoever", [" "]), ("same port", ["b"]), ("How sure", ["3"]), ("see what happens", [" "]),
    ("How many connections", ["1", .enter]), ("How sure", ["3"]), ("see what happens", [" "]),
    ("Look at what happened", [" "]), ("What did the server answer", ["b"]), ("Yes: that is", [" "]),
    ("Which of these are ports", ["a", "c", .enter]), ("Yes: that is", [" "]),
    ("Which port did the kernel choose", []),
  ]

  /// On from the port, up to a rung of the ladder.
  static let keysToLadder: [(String, [Key])] = [
    ("Yes: that is", [" "]),
    ("Which name did the TLS client ask", [.enter] + "netlab.test".map(Key.character) + [.enter]),
    ("Yes: that is", [" "]), ("row of the listener of srv", ["j", .enter]), ("Yes: that is", [" "]),
    ("the client's Finished", []),
  ]

  static let keysToEnd: [(String, [Key])] = [
    ("Yes: that is", [" "]), ("kernel chose", [" "]), ("Make the client fail", ["b"]),
    ("Not there yet", ["a"]), ("Which rule", ["a"]), ("Right.", [" "]), ("so the kernel refused", [" "]),
    ("Put the moments", ["j", "j", "j", "K", "K", .enter]), ("Right.", [" "]),
    ("Which two sentences", ["a", "c", .enter]), ("Right.", [" "]), ("How many bytes", ["2", .enter]),
    ("Right.", [" "]), ("Point at the error", [.enter]), ("Right.", [" "]),
  ]

  /// What is waited for, and the line then.
  static let lines = [
    ("Enter goes on", ""), ("Answer 1 to 2", "2"), ("How sure?", "3"), ("Enter goes on", ""),
    ("Type the number", "1"), ("How sure?", "3"), ("Enter goes on", ""), ("Enter goes on", ""),
    ("Answer 1 to 2", "2"), ("Enter goes on", ""), ("Answer 1 to 3", "1 3"), ("Enter goes on", ""),
    ("Type the number", "PORT"), ("Enter goes on", ""), ("Type what belongs", "NetLab.test"),
    ("Enter goes on", ""), ("Answer with the row", "1"), ("Enter goes on", ""), ("Answer with the row", "9"),
    ("Enter goes on", ""), ("Enter goes on", ""), ("Move 1 to 3", "2"), ("Move 1 to 3", "1"),
    ("Answer 1 to 2", "1"), ("Enter goes on", ""), ("Enter goes on", ""), ("Type all numbers", "1 4 2 3"),
    ("Enter goes on", ""), ("Answer with the two", "1 3"), ("Enter goes on", ""), ("Type the number", "2"),
    ("Enter goes on", ""), ("Answer with the row", "1"), ("Enter goes on", ""),
  ]

  private static let lesson = """
    netlab: 1
    id: sp1-kinds
    code: SP1
    track: sockets
    title: "Every kind of question"
    question: "What can a lesson ask?"
    minutes: 5
    level: 2
    teaches: [questions]
    beliefs: [M01]
    layout: { left: [srv, cli], right: [tsrv, tcli], pane: connections }
    actors:
      srv: { role: server, kind: greet, transport: plain, listen: { host: "127.0.0.1" }, reply: "Hey {data}!" }
      cli: { role: client, transport: plain, connect: srv }
      tsrv: { role: server, kind: greet, transport: tls, identity: server, listen: { host: "127.0.0.1" }, reply: "Hey {data}!" }
      tcli: { role: client, transport: tls, connect: tsrv, trust: [lab-ca], name: netlab.test }
    steps:
      - id: read
        say: "A server greets whoever connects."
      - id: guess
        predict:
          ask: "Both ends of a connection have the same port."
          type: bool
          correct: false
          belief: M01
          confidence: true
      - id: guess-number
        predict:
          ask: "How many connections will the server have accepted after one client?"
          type: number
          correct: 1
          plausible: "the listener looks like one"
          confidence: true
      - id: run
        do:
          - start: [srv, tsrv]
          - start: [cli, tcli]
          - send: { from: cli, text: "Herbert" }
        expect:
          - { fact: app.received, of: cli, is: "Hey Herbert!" }
          - { fact: tls.handshake_done, of: tcli }
      - id: choice
        observe:
          ask: "What did the server answer?"
          choices:
            - { key: a, text: "Hey Sabine!" }
            - { key: b, text: "{{cli.app.received}}", correct: true }
          wrong: "Read the line of cli."
      - id: multi
        observe:
          ask: "Which of these are ports of the plain connection?"
          type: multi
          choices:
            - { key: a, text: "{{cli.port}}", correct: true }
            - { key: b, text: "{{tcli.port}}" }
            - { key: c, text: "{{srv.port}}", correct: true }
          wrong: "Look at the rows of cli and srv."
      - id: number
        observe:
          ask: "Which port did the kernel choose for cli?"
          type: number
          correct: "{{cli.port}}"
          wrong: "Read the local address of cli."
      - id: fill
        observe:
          ask: "Which name did the TLS client ask for?"
          type: fill
          field: { of: tcli, path: tls.hello_sni }
          correct: "{{tcli.tls.sni}}"
          wrong: "It is the name of the server: netlab with a top-level domain for tests."
      - id: point-row
        observe:
          ask: "Put the cursor on the row of the listener of srv."
          type: point
          pane: connections
          target: srv
          wrong: "Its state is LISTEN."
      - id: point-rung
        observe:
          ask: "Put the cursor on the client's Finished."
          type: point
          pane: ladder
          target: tcli
          message: Finished
          dir: sent
          wrong: "Its arrow leaves the client."
      - id: explain
        explain:
          say: "The client's kernel chose {{cli.port}}."
          for_belief: { M01: "You expected one port. Each end has its own." }
      - id: try
        try:
          goal: "Make the client fail to connect."
          moves:
            - { key: a, text: "connect again", do: [{ start: cli }] }
            - { key: b, text: "stop the server", do: [{ stop: srv }] }
            - { key: c, text: "say hello again", do: [{ send: { from: cli, text: "Sabine" } }] }
          done_when:
            - { error: refused, of: cli, phase: connect }
          hints: ["Look at the LISTEN row.", "Nobody must listen.", "Make b, then a."]
          solution: [b, a]
          rule:
            ask: "Which rule did you use?"
            choices: ["A port without a listener refuses.", "A client may connect only once."]
            correct: 0
            why: "The kernel answers in place of a program."
      - id: after
        explain:
          say: "Nobody listened, so the kernel refused."
          for_move: { c: "You said hello: it changed nothing, for the old connection lives on." }
      - id: recall
        recall:
          - ask: "Put the moments in their order."
            type: order
            items: ["The server listens", "The client connects", "The server accepts", "Bytes go across"]
            why: "Nobody connects to a port that nobody listens on."
          - ask: "Which two sentences belong in an explanation of a refused connection?"
            type: teach-back
            choices: ["No program listened on that port.", "The password was wrong.", "The kernel answered at once."]
            correct: [0, 2]
            why: "Refusal is quick, and needs no program."
          - ask: "How many bytes make a port?"
            type: number
            correct: 2
            why: "A port is a number of 16 bits."
          - ask: "Point at the error."
            type: point
            pane: errors
            target: cli
            why: "It is the only one."

    """
}
