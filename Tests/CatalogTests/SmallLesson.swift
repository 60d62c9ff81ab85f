import Testing

@testable import LabCatalog

/// A whole lesson, as short as one can be.
enum Small {
  static let yaml = """
    netlab: 1
    id: sp9-small
    code: SP9
    track: sockets
    title: "A small lesson"
    question: "Whose port does the server print?"
    minutes: 3
    level: 1
    teaches: [ephemeral-port]
    beliefs: [M01]
    actors:
      srv: { role: server, kind: greet, transport: plain, listen: { prefer_port: 7777 }, backlog: 5, reply: "Hey {data}!" }
      cli: { role: client, transport: plain, connect: srv }
    steps:
      - id: read
        say: "A server greets whoever connects."
      - id: predict
        predict:
          ask: "Which port does the server print for its client?"
          choices:
            - { key: a, text: "its own", belief: M01 }
            - { key: b, text: "one that the client's kernel chose", correct: true }
          confidence: true
      - id: run
        do:
          - start: [srv, cli]
          - send: { from: cli, text: "Herbert" }
        note: "{{cli.port}} is new."
        expect:
          - { fact: app.received, of: cli, is: "Hey Herbert!" }
          - { fact: port, of: "srv.conn(*)", all_equal: "{{srv.port}}" }
        order:
          - { of: cli, event: opened }
          - { of: cli, event: data, dir: received }
      - id: look
        observe:
          ask: "Which number is in both rows?"
          choices:
            - { key: a, text: "{{cli.port}}", correct: true }
            - { key: b, text: "none" }
          wrong: "Read the column peer address."
      - id: explain
        explain:
          say: "The client's kernel chose {{cli.port}}."
          for_belief: { M01: "You expected {{srv.port}}. Look at the peer column." }
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
      - id: recall
        recall:
          - { ask: "Who chose the client's port?", choices: ["the server", "its kernel"], correct: 1, belief: M01, why: "Nobody asked for one.", later: { ask: "Who chose yours?", choices: ["my kernel", "the server"], correct: 0, why: "It always does." } }

    """

  static let files = [
    "lessons/tracks.yaml": """
    tracks:
      - { id: sockets, code: SP, title: "Sockets & ports", about: "Ports." }

    """,
    "lessons/beliefs.yaml": """
    beliefs:
      - { id: M01, belief: "The client's port is the server's.", truth: "Each end has its own.", lessons: [sp9-small] }

    """,
    "certs/pki.yaml": """
    netlab-pki: 1
    identities:
      - { name: lab-ca, use: root, common_name: "netlab CA", issuer: lab-ca, valid: [-1, 3650] }
      - { name: server, use: server, common_name: netlab.test, names: ["DNS:netlab.test"], issuer: lab-ca, valid: [-1, 397] }

    """,
    "lessons/sockets/sp9-small.yaml": yaml,
  ]

  static func lesson() throws -> Lesson {
    let log = ProblemLog(file: "small.yaml")
    let root = try #require(YamlFile.root(yaml, log))
    let lesson = try #require(LessonReader.read(root, file: "small.yaml"))
    #expect(log.problems == [])
    return lesson
  }
}
