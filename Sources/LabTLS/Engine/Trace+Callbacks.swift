import COpenSSL
import COpenSSLSystem
import LabFacts

/// How OpenSSL reaches a trace: C functions without context, which find it in the SSL.
///
/// The pointer is unretained; the engine that owns the SSL also owns the trace, and frees the SSL first.
extension Trace {
  func attach(to ssl: OpaquePointer) {
    let pointer = Unmanaged.passUnretained(self).toOpaque()
    SSL_set_ex_data(ssl, OpenSSLLibrary.traceIndex, pointer)
    guard level == .full else { return SSL_set_info_callback(ssl, Trace.infoCallback) }
    SSL_set_msg_callback(ssl) { written, _, contentType, bytes, count, _, argument in
      guard let argument else { return }
      let trace = Unmanaged<Trace>.fromOpaque(argument).takeUnretainedValue()
      let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
      trace.observe(written == 1 ? .sent : .received, contentType: contentType, buffer)
    }
    netlab_SSL_set_msg_callback_arg(ssl, pointer)
  }

  static func of(_ ssl: OpaquePointer?) -> Trace? {
    guard let ssl, let pointer = SSL_get_ex_data(ssl, OpenSSLLibrary.traceIndex) else { return nil }
    return Unmanaged<Trace>.fromOpaque(pointer).takeUnretainedValue()
  }

  static let keyLogCallback: SSL_CTX_keylog_cb_func = { ssl, line in
    guard let line, let trace = Trace.of(ssl), trace.level == .full else { return }
    trace.add(.keyLogged(trace.end, String(cString: line)))
  }
}
