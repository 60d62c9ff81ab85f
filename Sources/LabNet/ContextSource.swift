import LabFacts
import LabTLS

/// Where the TLS of a listener or client comes from, connection by connection. Belongs to one event loop.
final class ContextSource {
  private let make: () throws(Failure) -> TLSContext

  init(_ make: @escaping () throws(Failure) -> TLSContext) { self.make = make }

  func current() throws(Failure) -> TLSContext { try make() }
}
