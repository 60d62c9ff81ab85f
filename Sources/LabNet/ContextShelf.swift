package import LabFacts
package import LabTLS

/// Keeps the sources of TLS contexts by what they were made for, so that connections of equal options share one
/// context, its sessions and its tickets. One event loop owns it.
package final class ContextShelf {
  private let contexts: Contexts
  private var kept: [(role: Side, options: TLSOptions, source: TLSContextSource)] = []

  /// More than any lesson or command line has; the oldest goes first.
  private static let limit = 64

  package init(_ contexts: Contexts) { self.contexts = contexts }

  /// The context for a connection that begins now. Fails as `Contexts.source` does.
  package func context(_ role: Side, _ options: TLSOptions) throws(Failure) -> TLSContext {
    try source(role, options).current()
  }

  /// The source for these options, made on first use.
  package func source(_ role: Side, _ options: TLSOptions) throws(Failure) -> TLSContextSource {
    if let known = kept.first(where: { $0.role == role && $0.options == options }) { return known.source }
    let source = try contexts.source(role, options)
    kept.append((role, options, source))
    if kept.count > ContextShelf.limit { kept.removeFirst() }
    return source
  }

  /// Forgets everything, sessions too: the next run starts from nothing.
  package func forgetAll() { kept = [] }
}
