package import LabCore
package import LabFacts

/// One thing a lesson tells the lab to do.
package struct Action: Equatable, Sendable {
  package enum Verb: Equatable, Sendable {
    /// `wait` false: go on before the programs are ready.
    case start([ActorID], wait: Bool, allowError: Bool)
    case stop([ActorID])
    case send(from: Subject, Payload)
    case request(from: Subject, Request)
    case close(Subject, CloseManner)
    /// One read of at most so many bytes; without a number, reads by itself from now on.
    case read(Subject, maximum: Int?)
    /// What goes wrong from now on with what an end sends.
    case fault(Subject, [WireFault])
    /// Stop calling accept().
    case pause([ActorID])
    /// Call accept() again.
    case accept([ActorID])
    /// Close the gate: records are held from now on.
    case hold([Subject])
    case open([Subject])
    case release(Subject, count: Int)
    /// Let all go that an end holds now.
    case carry(Subject)
    /// Each Space lets the oldest held record go.
    case walk(until: [Condition])
    case waitFor(Condition, milliseconds: Int)
    /// Changes a program's settings for its next start.
    case set(ActorID, ActorSettings)
    /// Begin a handshake on a living connection, as client or server of TLS.
    case startTLS(Subject, Side, ActorSettings, TLSPlace)
    /// Take TLS off by close_notify, and go on in clear.
    case stopTLS(Subject)
    /// Change what a relay does to bytes.
    case hooks(ActorID, [ByteHook])
    /// Try a server's private key on what was recorded of a connection.
    case decrypt(Subject, withKeyOf: String)
    /// Run a program of the machine to its end.
    case run(ActorID, ProgramRun)
  }

  /// What is sent.
  package enum Payload: Equatable, Sendable {
    case text(String)
    case bytes([UInt8])
    /// So many bytes of a pattern.
    case size(Int)
  }

  /// An HTTP request as a client sends it.
  package struct Request: Equatable, Sendable {
    package var method: String
    package var path: String
    package var version: String
    package var headers: [HTTPExchange.Header]

    package init(
      method: String = "GET", path: String = "/", version: String = "HTTP/1.1",
      headers: [HTTPExchange.Header] = []
    ) {
      self.method = method
      self.path = path
      self.version = version
      self.headers = headers
    }

    package var bytes: [UInt8] {
      let lines = ["\(method) \(path) \(version)"] + headers.map { "\($0.name): \($0.value)" }
      return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
  }

  /// One run of a program of the machine; its arguments may have paths in them.
  package struct ProgramRun: Equatable, Sendable {
    package var arguments: [String]
    package var trust: [String]
    package var personal: String?
    /// How long it may run; absent: as long as any.
    package var seconds: Int?

    package init(
      arguments: [String], trust: [String] = [], personal: String? = nil, seconds: Int? = nil
    ) {
      self.seconds = seconds
      self.arguments = arguments
      self.trust = trust
      self.personal = personal
    }
  }

  package var verb: Verb
  package var place: Place

  package init(_ verb: Verb, place: Place = .start) {
    self.verb = verb
    self.place = place
  }
}
