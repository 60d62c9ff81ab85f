package import LabFacts

/// What is known about one server: its listening socket, and how many connections it has had.
package struct ServerState: Equatable, Sendable {
  package let actor: ActorID
  package var listening: Fact.Listening?
  package var accepting = true
  package var failures: [Failure] = []
  /// Times that accept() failed since the run began.
  package var acceptFailures = 0
  /// X509_V_ERR numbers this program forgives.
  package var forgiven: [Int] = []
  /// What it does to bytes, where it is a relay.
  package var hooks: [ByteHook] = []
  /// It takes no connection any more, and none is left.
  package var isDrained = false
  /// Connections since the run began.
  package var opened = 0
  package var closed = 0
  package var failed = 0

  package init(actor: ActorID) { self.actor = actor }

  package var active: Int { opened - closed }
}
