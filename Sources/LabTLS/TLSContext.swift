package import LabFacts

/// What all connections of one listener share.
package final class TLSContext: @unchecked Sendable {
  package let setup: TLSSetup
  /// Fails on any mistake of the setup, naming the file or setting.
  package init(_ setup: TLSSetup) throws(Failure) {
    self.setup = setup
  }
}
