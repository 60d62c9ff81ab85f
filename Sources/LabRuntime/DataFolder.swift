import Foundation

/// Finds the folder with lessons, explanations and the declaration of identities.
package enum DataFolder {
  /// Where it was looked, in order, and where it was found.
  package struct Search: Equatable, Sendable {
    package let found: String?
    package let looked: [Place]

    /// A message for a person: where netlab looked, and what to do.
    package var message: String {
      let places = looked.map { "  \($0.path)  (\($0.why))" }.joined(separator: "\n")
      return """
        netlab can't find its lessons. A data folder holds lessons/tracks.yaml. I looked in:
        \(places)
        Name one with --data DIR or NETLAB_DATA=DIR, or run netlab from where it was built or installed.
        """
    }
  }

  package struct Place: Equatable, Sendable {
    package let path: String
    package let why: String
  }

  /// `--data`, `$NETLAB_DATA`, the checkout this program was built in, the install prefix: in that order.
  package static func search(
    option: String?, environment: [String: String], executable: String
  ) -> Search {
    var places: [Place] = []
    if let option { places.append(Place(path: option, why: "--data")) }
    if let named = environment["NETLAB_DATA"], !named.isEmpty {
      places.append(Place(path: named, why: "$NETLAB_DATA"))
    }
    places.append(Place(path: checkout, why: "the checkout this netlab was built in"))
    places.append(Place(path: prefix(of: executable) + "/share/netlab", why: "the install prefix"))
    // Whoever names a folder means that one: falling back to another would hide a typing mistake.
    let candidates = option == nil ? places : [places[0]]
    let found = candidates.first { FileManager.default.fileExists(atPath: $0.path + "/lessons/tracks.yaml") }
    return Search(found: found?.path, looked: candidates)
  }

  private static var checkout: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }

  private static func prefix(of executable: String) -> String {
    URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }
}
