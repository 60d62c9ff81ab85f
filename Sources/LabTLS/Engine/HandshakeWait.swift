import COpenSSLSystem
import LabFacts

/// What a handshake waits for, in words. OpenSSL's own speak of SSLv3 and of early data that nobody asked for.
enum HandshakeWait {
  static func words(_ ssl: OpaquePointer) -> String {
    switch SSL_get_state(ssl) {
    case TLS_ST_BEFORE:
      SSL_is_server(ssl) == 1 ? "waits for ClientHello" : "not started"
    case TLS_ST_CW_CLNT_HELLO: "waits for ServerHello"
    case TLS_ST_CR_SRVR_HELLO:
      SSL_version(ssl) == TLS1_3_VERSION ? "waits for EncryptedExtensions" : "waits for Certificate"
    case TLS_ST_CR_ENCRYPTED_EXTENSIONS: "waits for Certificate"
    case TLS_ST_CR_CERT, TLS_ST_CR_CERT_STATUS:
      SSL_version(ssl) == TLS1_3_VERSION ? "waits for CertificateVerify" : "waits for ServerKeyExchange"
    case TLS_ST_CR_CERT_REQ: "waits for the server's next message"
    case TLS_ST_CR_KEY_EXCH: "waits for ServerHelloDone"
    case TLS_ST_CR_CERT_VRFY, TLS_ST_CW_FINISHED, TLS_ST_CR_SESSION_TICKET, TLS_ST_CR_CHANGE:
      "waits for the server's Finished"
    case TLS_ST_EARLY_DATA, TLS_ST_SW_FINISHED, TLS_ST_SR_CHANGE, TLS_ST_SR_CERT_VRFY:
      "waits for the client's Finished"
    case TLS_ST_SR_CERT:
      SSL_version(ssl) == TLS1_3_VERSION ? "waits for CertificateVerify" : "waits for ClientKeyExchange"
    case TLS_ST_SW_SRVR_DONE: "waits for ClientKeyExchange"
    case TLS_ST_SR_KEY_EXCH: "waits for the client's ChangeCipherSpec"
    case TLS_ST_OK: "handshake done"
    default: Notation.escaped(String(cString: SSL_state_string_long(ssl)))
    }
  }
}
