import COpenSSLSystem
import LabFacts

/// What a trace of the level `essential` notes: alerts, and how far the handshake has got. OpenSSL's info callback
/// tells both, and is called for neither bytes nor records.
extension Trace {
  static let infoCallback: @convention(c) (OpaquePointer?, Int32, Int32) -> Void = { ssl, place, value in
    guard let ssl, let trace = Trace.of(ssl) else { return }
    if place & SSL_CB_ALERT != 0 {
      let alert = Alert(level: value >> 8 == 1 ? .warning : .fatal, number: Int(value & 0xff))
      trace.note(place & SSL_CB_READ != 0 ? .received : .sent, alert)
    } else if place & SSL_CB_LOOP != 0 {
      trace.noteStep(ssl)
    }
  }

  /// OpenSSL tells of a step just before it is taken, so that the last one is to be asked for.
  func noteStep(_ ssl: OpaquePointer) {
    switch SSL_get_state(ssl) {
    case TLS_ST_CR_SRVR_HELLO, TLS_ST_SW_SRVR_HELLO: sawServerHello = true
    case TLS_ST_CR_CERT, TLS_ST_SW_CERT: sawServerCertificate = true
    case TLS_ST_CW_CERT: sentCertificate = SSL_get_certificate(ssl) != nil
    default: break
    }
  }
}
