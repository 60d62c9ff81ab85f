package import LabFacts

/// What is known about the connection a request came over. What nobody told us stays nil.
package struct VisitorCard: Equatable, Sendable {
  package var peer: Endpoint
  package var local: Endpoint
  /// Where this machine's kernel takes the ports of its clients from.
  package var ephemeralRange: PortRange?
  /// Absent on a connection without TLS.
  package var negotiated: Negotiated?
  package var clientHello: HandshakeMessage?
  /// The certificate this server answers with.
  package var certificate: CertificateSummary?
  /// The authority that signed it, and that a visitor may trust.
  package var authority: CertificateSummary?
  /// This request's place on its connection, from 1.
  package var requestNumber: Int
  /// From the first byte of the ClientHello to the client's Finished.
  package var handshakeMicroseconds: Int?
  /// Bytes on the wire from the visitor so far, TLS included.
  package var bytesReceived: Int
  /// Bytes on the wire to the visitor so far, TLS included; this answer is not among them.
  package var bytesSent: Int
  /// The server asked for a certificate in the handshake.
  package var wasAskedForCertificate = false
  /// What it concluded about the one that came.
  package var verification: Verification?
  /// When the request came. RFC 3339, UTC.
  package var time: String?

  package init(
    peer: Endpoint, local: Endpoint, ephemeralRange: PortRange? = nil, negotiated: Negotiated? = nil,
    clientHello: HandshakeMessage? = nil, certificate: CertificateSummary? = nil,
    authority: CertificateSummary? = nil, requestNumber: Int = 1, handshakeMicroseconds: Int? = nil,
    bytesReceived: Int = 0, bytesSent: Int = 0
  ) {
    self.peer = peer
    self.local = local
    self.ephemeralRange = ephemeralRange
    self.negotiated = negotiated
    self.clientHello = clientHello
    self.certificate = certificate
    self.authority = authority
    self.requestNumber = requestNumber
    self.handshakeMicroseconds = handshakeMicroseconds
    self.bytesReceived = bytesReceived
    self.bytesSent = bytesSent
  }

  /// Did this connection go on from an earlier handshake?
  package var resumed: Bool { negotiated?.resumed ?? false }

  /// Is the visitor's port one the kernel hands out? Absent where the range is not known.
  package var portIsEphemeral: Bool? { ephemeralRange.map { $0.contains(peer.port) } }

  /// The name sent in the ClientHello (RFC 6066), as far as either source tells.
  package var serverName: String? { offered(.serverName).first ?? negotiated?.serverName }

  /// What the ClientHello listed under that name; empty where it did not, or was not kept.
  package func offered(_ name: HandshakeField.Name) -> [String] { clientHello?.values(name) ?? [] }

  /// `850 µs`, `3.2 ms`.
  package var handshakeTime: String? { handshakeMicroseconds.map(Self.duration) }

  private static func duration(_ microseconds: Int) -> String {
    guard microseconds >= 1000 else { return "\(microseconds) µs" }
    return "\(microseconds / 1000).\(microseconds % 1000 / 100) ms"
  }
}
