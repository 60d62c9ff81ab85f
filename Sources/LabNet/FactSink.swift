package import LabFacts

/// The one door for facts. Called on an event loop; must return at once and never wait for the lab.
package typealias FactSink = @Sendable (Fact) -> Void
