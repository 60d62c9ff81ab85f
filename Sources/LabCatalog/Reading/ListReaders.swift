import LabFacts

/// Reads `lessons/tracks.yaml`.
enum TrackReader {
  static func read(_ root: NodeReader) -> [Track] {
    guard let list = root.map("tracks.yaml", keys: ["tracks"])?.required("tracks")?.list() else { return [] }
    return list.compactMap { item in
      guard let map = item.map("a track", keys: ["id", "code", "title", "about"]) else { return nil }
      let id = map.required("id")?.text()
      let code = map.required("code")?.text()
      let about = map.required("about")?.text() ?? ""
      guard let title = map.required("title")?.text(), let id, let code else { return nil }
      return Track(id: id, code: code, title: title, about: about, place: item.place)
    }
  }
}

/// Reads `lessons/beliefs.yaml`.
enum BeliefReader {
  static func read(_ root: NodeReader) -> [Belief] {
    guard let list = root.map("beliefs.yaml", keys: ["beliefs"])?.required("beliefs")?.list() else {
      return []
    }
    return list.compactMap { item in
      guard let map = item.map("a belief", keys: ["id", "belief", "truth", "lessons"]) else { return nil }
      let id = map.required("id")?.text()
      let truth = map.required("truth")?.text()
      guard let belief = map.required("belief")?.text(), let id, let truth else { return nil }
      return Belief(
        id: id, belief: belief, truth: truth, lessons: map["lessons"]?.texts() ?? [], place: item.place)
    }
  }
}

/// Reads `certs/pki.yaml`.
enum IdentityReader {
  private static let keys = [
    "name", "use", "common_name", "names", "issuer", "key", "valid_from_days", "valid_to_days", "chain",
    "permitted", "note",
  ]

  static func read(_ root: NodeReader) -> [IdentityDeclaration] {
    let list = root.map("pki.yaml", keys: ["identities"])?.required("identities")?.list() ?? []
    return list.compactMap(identity)
  }

  private static func identity(_ reader: NodeReader) -> IdentityDeclaration? {
    guard let map = reader.map("an identity", keys: keys) else { return nil }
    let name = map.required("name")?.text()
    let use: IdentityDeclaration.Use? = map.required("use")?.word()
    let issuer = map.required("issuer")?.text()
    let from = map.required("valid_from_days")?.int(-36_500...36_500)
    let to = map.required("valid_to_days")?.int(-36_500...36_500)
    guard let commonName = map.required("common_name")?.text(), let name, let use, let issuer, let from,
      let to
    else { return nil }
    return IdentityDeclaration(
      name: name, use: use, commonName: commonName, alternativeNames: map["names"]?.texts() ?? [],
      issuer: issuer, key: map["key"]?.word() ?? .p256, validFromDays: from, validToDays: to,
      chain: map["chain"]?.texts() ?? [], permitted: map["permitted"]?.texts() ?? [],
      note: map["note"]?.text() ?? "")
  }
}
