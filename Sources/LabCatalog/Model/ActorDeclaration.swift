package import LabFacts

/// A program of a lesson: its name, its role and how it is set up.
package struct ActorDeclaration: Equatable, Sendable {
  package var id: ActorID
  package var role: Side
  package var settings: ActorSettings
  package var place: Place

  package init(id: ActorID, role: Side, settings: ActorSettings = ActorSettings(), place: Place = .start) {
    self.id = id
    self.role = role
    self.settings = settings
    self.place = place
  }

  package var transport: Transport { settings.transport ?? .plain }
}
