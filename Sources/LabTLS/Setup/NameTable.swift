import COpenSSL
import COpenSSLSystem
import LabFacts

/// The identities a server has for the names that clients ask for (server_name, RFC 6066 section 3).
///
/// Each has an SSL_CTX of its own, to which a connection is moved once its name is known.
struct NameTable {
  private let owned: [String: OwnedContext]
  private let refusesUnknown: Bool
  private let alert: Int32

  /// Nil where the setup knows no names and refuses nobody.
  init?(_ setup: TLSSetup, _ trace: TraceLevel, isBroken: Bool) throws(Failure) {
    guard !setup.identitiesByName.isEmpty || setup.refusesUnknownNames else { return nil }
    var owned: [String: OwnedContext] = [:]
    for (name, identity) in setup.identitiesByName {
      let context = try OwnedContext()
      let builder = ContextBuilder(pointer: context.pointer, setup: setup)
      _ = try builder.setEverything(identity, logsKeys: trace == .full)
      _ = try builder.setRevocations(isBroken: isBroken)
      owned[name.lowercased()] = context
    }
    self.owned = owned
    refusesUnknown = setup.refusesUnknownNames
    alert = Int32(clamping: setup.unknownNameAlert ?? Int(SSL_AD_UNRECOGNIZED_NAME))
  }

  var contexts: [OpaquePointer] { owned.values.map(\.pointer) }

  /// Names are compared without regard to case; `*.test` stands for exactly one label.
  func context(for name: String) -> OpaquePointer? {
    let name = name.lowercased()
    if let exact = owned[name] { return exact.pointer }
    guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { return nil }
    return owned["*" + name[dot...]]?.pointer
  }

  /// Called by OpenSSL once the ClientHello is read, with the `TLSContext` as its argument, also where the client
  /// asked for no name.
  static let callback:
    @convention(c) (OpaquePointer?, UnsafeMutablePointer<Int32>?, UnsafeMutableRawPointer?)
      -> Int32 = { ssl, alert, argument in
        guard let ssl, let argument else { return SSL_TLSEXT_ERR_NOACK }
        let context = Unmanaged<TLSContext>.fromOpaque(argument).takeUnretainedValue()
        guard let names = context.names else { return SSL_TLSEXT_ERR_NOACK }
        let asked = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
        if let found = asked.flatMap(names.context) {
          SSL_set_SSL_CTX(ssl, found)
          return SSL_TLSEXT_ERR_OK
        }
        guard names.refusesUnknown else { return SSL_TLSEXT_ERR_NOACK }
        alert?.pointee = names.alert
        return SSL_TLSEXT_ERR_ALERT_FATAL
      }
}
