// swift-tools-version: 6.2
import PackageDescription

// The table of layers. It is the law: a target may import what its row names, and nothing else.
// Tests/ArchitectureTests reads the `import` lines and holds it; ARCHITECTURE.md tells why.

/// Warnings are errors where NETLAB_STRICT is set (CI and `make test`), so that a newer compiler
/// never keeps a learner from building.
let strict = Context.environment["NETLAB_STRICT"] != nil

let swiftSettings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "netlab",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "netlab", targets: ["netlab"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
  ],
  targets: [
    // Ground: C libraries, one function per macro that Swift can't call.
    .systemLibrary(
      name: "COpenSSLSystem", pkgConfig: "openssl", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .target(name: "COpenSSL", dependencies: ["COpenSSLSystem"]),
    .target(
      name: "CNCurses",
      cSettings: [.define("_GNU_SOURCE"), .define("NCURSES_WIDECHAR", to: "1")],
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .target(name: "CSpawn", cSettings: [.define("_GNU_SOURCE")]),

    // Vocabulary and pictures.
    layer("LabFacts"),
    layer("LabCanvas"),

    // The core: pure values.
    layer("LabTLS", ["LabFacts", "COpenSSL", "COpenSSLSystem"]),
    layer("LabProtocols", ["LabFacts"]),
    layer("LabCore", ["LabFacts"]),
    layer("LabCapture", ["LabFacts"]),
    layer("LabCatalog", ["LabFacts", "LabCore", yams]),
    layer("LabViews", ["LabFacts", "LabCanvas", "LabCore", "LabCatalog"]),

    // The edge: sockets and the terminal.
    layer("LabNet", ["LabFacts", "LabProtocols", "LabTLS", nioCore, nioPosix, nioHTTP1, nioExtras]),
    layer("LabScreen", ["LabCanvas", "CNCurses"]),

    // Wiring.
    layer("LabRuntime", ["LabFacts", "LabTLS", "LabCore", "LabCatalog", "LabNet", "CSpawn"]),
    .executableTarget(
      name: "netlab",
      dependencies: [
        "LabFacts", "LabCanvas", "LabCore", "LabCapture", "LabCatalog", "LabViews", "LabScreen", "LabRuntime",
        argumentParser,
      ],
      swiftSettings: swiftSettings),

    // Tests.
    layer("LabTesting", ["CSpawn", "LabFacts", "LabCanvas", "LabTLS", "LabCore", "LabCatalog", "LabNet"]),
    tests("ArchitectureTests", []),
    tests("CanvasTests", ["LabCanvas", "LabScreen", "LabTesting"]),
    tests("TLSTests", ["LabFacts", "LabTLS", "LabTesting"]),
    tests("ProtocolTests", ["LabFacts", "LabProtocols", "LabTesting"]),
    tests("CoreTests", ["LabFacts", "LabCore", "LabCapture", "LabTesting"]),
    tests("CatalogTests", ["LabFacts", "LabCore", "LabCatalog", "LabTesting"]),
    tests(
      "ViewTests", ["LabFacts", "LabCanvas", "LabCore", "LabCatalog", "LabViews", "LabTesting"],
      exclude: ["Pictures"]),
    tests(
      "LoopbackTests", ["LabFacts", "LabTLS", "LabCore", "LabCatalog", "LabNet", "LabRuntime", "LabTesting"]),
    tests("LessonTests", ["LabFacts", "LabTLS", "LabCore", "LabCatalog", "LabRuntime", "LabTesting"]),
    tests("TerminalTests", ["LabCanvas", "LabTesting"]),
    tests(
      "InteropTests",
      ["LabFacts", "LabTLS", "LabCore", "LabCapture", "LabCatalog", "LabNet", "LabRuntime", "LabTesting"],
      exclude: ["Peers"]),
  ]
)
