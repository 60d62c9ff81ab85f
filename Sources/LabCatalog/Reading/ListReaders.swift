import LabFacts

/// Reads `lessons/tracks.yaml`.
enum TrackReader {
  static func read(_ root: NodeReader) -> [Track] {
    guard let list = root.map("the list of tracks", keys: ["tracks"])?.required("tracks")?.list() else {
      return []
    }
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
    guard let list = root.map("the list of beliefs", keys: ["beliefs"])?.required("beliefs")?.list() else {
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

/// Reads `lessons/seeds.yaml`.
enum SeedReader {
  static func read(_ root: NodeReader) -> [Seed] {
    let list = root.map("the list of seeds", keys: ["seeds"])?.required("seeds")?.list() ?? []
    return list.compactMap { item in
      guard let map = item.map("a seed", keys: ["id", "about"]) else { return nil }
      let id = map.required("id")?.text()
      guard let about = map.required("about")?.text(), let id else { return nil }
      return Seed(id: id, about: about, place: item.place)
    }
  }
}

/// Reads `certs/pki.yaml`.
enum IdentityReader {
  private static let format = 1
  private static let keys = [
    "name", "use", "common_name", "names", "issuer", "key", "valid", "chain",
    "permitted", "path_length", "revocations", "note",
  ]

  static func read(_ root: NodeReader) -> [IdentityDeclaration] {
    guard let map = root.map("the list of identities", keys: ["netlab-pki", "identities"]) else { return [] }
    if let version = map.required("netlab-pki"), let number = version.int(), number != format {
      version.problem("L02", "This file has format \(number); this netlab reads format \(format).")
      return []
    }
    return (map.required("identities")?.list() ?? []).compactMap(identity)
  }

  private static func identity(_ reader: NodeReader) -> IdentityDeclaration? {
    guard let map = reader.map("an identity", keys: keys) else { return nil }
    let name = map.required("name")?.text()
    let use: IdentityDeclaration.Use? = map.required("use")?.word()
    let issuer = map.required("issuer")?.text()
    let valid = map.required("valid").flatMap(days)
    guard let commonName = map.required("common_name")?.text(), let name, let use, let issuer, let valid
    else { return nil }
    return IdentityDeclaration(
      name: name, use: use, commonName: commonName, alternativeNames: map["names"]?.texts() ?? [],
      issuer: issuer, key: map["key"]?.word() ?? .p256, validFromDays: valid.from, validToDays: valid.to,
      chain: map["chain"]?.texts() ?? [], permitted: map["permitted"]?.texts() ?? [],
      pathLength: map["path_length"]?.int(0...9) ?? 0,
      revocations: (map["revocations"]?.list() ?? []).compactMap(revocation),
      note: map["note"]?.text() ?? "")
  }

  private static func revocation(_ reader: NodeReader) -> RevocationDeclaration? {
    guard let map = reader.map("a revocation list", keys: ["name", "revoked", "valid"]) else { return nil }
    let valid = map.required("valid").flatMap(days)
    guard let name = map.required("name")?.text(), let valid else { return nil }
    return RevocationDeclaration(
      name: name, revoked: map["revoked"]?.texts() ?? [], validFromDays: valid.from, validToDays: valid.to)
  }

  private static func days(_ reader: NodeReader) -> (from: Int, to: Int)? {
    let days = (reader.list() ?? []).compactMap { $0.int(-36_500...36_500) }
    guard days.count == 2, days[0] < days[1] else {
      reader.problem(
        "L01", "`valid` must be two numbers of days, the earlier first.", help: "Write `valid: [-1, 396]`.")
      return nil
    }
    return (days[0], days[1])
  }
}
