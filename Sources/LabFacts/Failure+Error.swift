/// A failure can be thrown: `throws(Failure)`.
extension Failure: Error {}
