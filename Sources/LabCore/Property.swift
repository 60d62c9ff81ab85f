/// The names of everything a path can ask of a server, an end or the machine. The one table that
/// expectations, conditions, templates and the linter share.
package enum Property: String, Sendable, CaseIterable {
  // Servers, and ends with another meaning
  case port
  case host
  case address
  /// The address as `openssl s_client -connect` wants it: with `-starttls` where TLS has to be asked for.
  case tlsAddress = "tls_address"
  case preferredPort = "preferred_port"
  case backlog
  case listening
  case accepting
  case connectionCount = "conn.count"
  case kernelState = "kernel.state"
  case kernelQueue = "kernel.queue"
  case kernelBacklog = "kernel.backlog"
  // Ends
  case peerPort = "peer_port"
  case peerAddress = "peer_address"
  case role
  case transport
  case state = "conn.state"
  case tcpEstablished = "conn.established"
  case closed = "conn.closed"
  case closedBy = "conn.closed_by"
  case sent = "app.sent"
  case received = "app.received"
  case sentBytes = "app.sent_bytes"
  case receivedBytes = "app.received_bytes"
  case reads = "app.reads"
  case readCount = "app.read_count"
  case lastReadBytes = "app.last_read_bytes"
  case kernelReceiveQueue = "kernel.recv_queue"
  case kernelSendQueue = "kernel.send_queue"
  case wireSent = "wire.sent"
  case wireReceived = "wire.received"
  case wireSentBytes = "wire.sent_bytes"
  case wireReceivedBytes = "wire.received_bytes"
  case wireSentHex = "wire.sent_hex"
  case wireFirstReceivedHex = "wire.first_received_hex"
  case wireLastSentHex = "wire.last_sent_hex"
  case wireLastSentBytes = "wire.last_sent_bytes"
  case handshakeDone = "tls.handshake_done"
  case tlsVersion = "tls.version"
  case suite = "tls.suite"
  case group = "tls.group"
  case alpn = "tls.alpn"
  case serverName = "tls.sni"
  case bits = "tls.bits"
  case verify = "tls.verify"
  case verifyEnforced = "tls.verify_enforced"
  case messagesSent = "tls.messages_sent"
  case messagesReceived = "tls.messages_received"
  case alertSent = "tls.alert_sent"
  case alertReceived = "tls.alert_received"
  case held = "tls.held"
  case helloVersions = "tls.hello_versions"
  case helloName = "tls.hello_sni"
  case readWithKey = "tls.read_with_key"
  case readWithKeyWhy = "tls.read_with_key_why"
  case certificateSubject = "cert.subject"
  case certificateIssuer = "cert.issuer"
  case certificateNames = "cert.names"
  case certificateNotBefore = "cert.not_before"
  case certificateNotAfter = "cert.not_after"
  case certificateCount = "cert.count"
  case errorKey = "error.key"
  case errorPhase = "error.phase"
  case errorDecidedBy = "error.decided_by"
  case errorNumber = "error.errno"
  case errorReason = "error.reason"
  case errorVerify = "error.verify"
  case errorAlert = "error.alert"
  case errorText = "error.text"
  case errorCount = "error.count"
  case httpCount = "http.count"
  case httpStatus = "http.status"
  case httpTargets = "http.targets"
  // Programs of the machine
  case running
  case runCount = "run.count"
  case commandLine = "command"
  case exit
  case output
  case errorOutput = "error_output"
  case netError = "net_error"

  /// Only a program of the machine has them.
  package static let ofPrograms: Set<Property> = [
    .running, .runCount, .commandLine, .exit, .output, .errorOutput, .netError,
  ]
}
