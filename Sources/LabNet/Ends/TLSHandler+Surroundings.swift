import LabFacts
import NIOCore

extension TLSHandler {
  /// What belongs to the whole lab and not to this connection.
  struct Surroundings {
    /// Is any gate of the lab closed? Then a person is reading, and no deadline runs out.
    var isAnyGateClosed: () -> Bool
    /// Called whenever this gate closes (+1) or opens (-1).
    var gateMoved: (Int) -> Void
    /// The answer in clear to one who does not speak TLS; nothing: hang up.
    var answerInClear: (Evidence, any Channel) -> [UInt8]?
  }
}
