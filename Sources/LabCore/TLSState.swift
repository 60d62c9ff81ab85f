package import LabFacts

/// What one end knows about its TLS. Empty on a plain connection.
package struct TLSState: Equatable, Sendable {
  package private(set) var started = false
  package private(set) var messagesSent: [HandshakeMessage] = []
  package private(set) var messagesReceived: [HandshakeMessage] = []
  package private(set) var alertSent: Alert?
  package private(set) var alertReceived: Alert?
  package private(set) var established: Negotiated?
  package private(set) var verification: Verification?
  package private(set) var tickets = 0
  /// The engine's own word for what it waits for.
  package private(set) var word: String?
  package private(set) var keyLog: [String] = []

  private static let messageLimit = 128

  mutating func take(_ fact: Fact) {
    switch fact {
    case .tlsStarted:
      // TLS may be put on the same connection again: a new start forgets the old one.
      self = TLSState()
      started = true
    case .tlsStopped: started = false
    case .message(_, .sent, let message):
      if messagesSent.count < TLSState.messageLimit { messagesSent.append(message) }
    case .message(_, .received, let message):
      if messagesReceived.count < TLSState.messageLimit { messagesReceived.append(message) }
    case .alert(_, .sent, let alert): alertSent = alert
    case .alert(_, .received, let alert): alertReceived = alert
    case .tlsState(_, let text): word = text
    case .verified(_, let result): verification = result
    case .established(_, let negotiated): established = negotiated
    case .ticket: tickets += 1
    case .keyLogged(_, let line): if keyLog.count < TLSState.messageLimit { keyLog.append(line) }
    case .listening, .stoppedListening, .actorFailed, .acceptingChanged, .acceptFailed, .weakened,
      .hooksChanged, .drained, .programStarted, .programEnded, .connecting, .resolved, .opened, .relayed,
      .dialogue, .ready, .hooked, .wire,
      .data, .read, .faultsChanged, .faultStruck, .keyTried,
      .traffic, .halfClosed, .closed, .failed, .gateChanged, .held, .released, .http, .kernel, .portRange,
      .timerFired, .wiped:
      break
    }
  }

  /// The ClientHello of this connection, whichever end this is.
  package var clientHello: HandshakeMessage? {
    (messagesSent + messagesReceived).first { $0.type == 1 }
  }
}
