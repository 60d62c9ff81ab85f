import LabFacts

/// Travels down a channel's pipeline to end it in a given manner: TLS says its goodbye first where the
/// manner wants one, the socket does the rest.
struct CloseOrder: Sendable {
  var manner: CloseManner
}
