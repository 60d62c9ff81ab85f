/// The table of layers as `Package.swift` has it: which target may import which modules.
struct LayerTable {
  let mayImport: [String: Set<String>]

  /// Reads the rows of the manifest's text.
  init(manifest: String) {
    let products = LayerTable.products(of: manifest)
    var rows: [String: Set<String>] = [:]
    for match in manifest.matches(
      of: /(?:layer|tests)\(\s*"(\w+)"(?:\s*,\s*\[([^\]]*)\])?(?:\s*,\s*exclude:[^)]*)?\s*\)/)
    {
      rows[String(match.1)] = LayerTable.modules(match.2 ?? "", products)
    }
    let targets = /\.(?:target|executableTarget)\(\s*name:\s*"(\w+)",\s*dependencies:\s*\[([^\]]*)\]/
    for match in manifest.matches(of: targets) {
      rows[String(match.1)] = LayerTable.modules(match.2, products)
    }
    mayImport = rows
  }

  static let ofThisPackage = LayerTable(manifest: Repository.text("Package.swift"))

  /// `nioCore` stands for the module `NIOCore`: the short names the manifest gives to products.
  private static func products(of manifest: String) -> [String: String] {
    let names = /let (\w+): Target\.Dependency = \.product\(\s*name: "(\w+)"/
    return manifest.matches(of: names).reduce(into: [:]) { $0[String($1.1)] = String($1.2) }
  }

  private static func modules(_ list: Substring, _ products: [String: String]) -> Set<String> {
    let entries = list.split { $0 == "," || $0.isWhitespace }
    return Set(
      entries.map { entry in
        entry.hasPrefix("\"") ? String(entry.filter { $0 != "\"" }) : products[String(entry)] ?? String(entry)
      })
  }
}
