// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "weir",
  products: [
    .executable(name: "weir", targets: ["WeirCommand"]),
    // For programs in Swift: bindings/swift.
    .library(name: "Weir", targets: ["Weir"]),
    .library(name: "WeirLogging", targets: ["WeirLogging"]),
    // What `scripts/library` makes libweir of.
    .library(name: "WeirABI", type: .static, targets: ["WeirABI"]),
    // What `Benchmarks` measures.
    .library(name: "Hyperscan", targets: ["Hyperscan"]),
    .library(name: "PlainTexts", targets: ["PlainTexts"]),
    .library(name: "WeirCatalogue", targets: ["WeirCatalogue"]),
    .library(name: "WeirCore", targets: ["WeirCore"]),
    .library(name: "WeirIO", targets: ["WeirIO"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Foreign libraries, as they are.
    .systemLibrary(
      name: "CHyperscan", pkgConfig: "libhs", providers: [.apt(["libhyperscan-dev"])]),
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(
      name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [
        .apt([
          "libarchive-dev", "libbz2-dev", "liblz4-dev", "liblzma-dev", "libzstd-dev", "zlib1g-dev",
        ])
      ]),

    // The core: no Foundation, no Dispatch, no input or output.
    .target(name: "Hyperscan", dependencies: ["CHyperscan"], swiftSettings: strict),
    .target(name: "CSieve"),
    .target(
      name: "WeirCore", dependencies: ["CSieve", "Hyperscan", "CSodium"], swiftSettings: strict),

    // Rules in words, for the reference and for `weir rules test`; needs no TOML.
    .target(
      name: "WeirReference", dependencies: ["WeirCore"], path: "Sources/WeirRules/Reference",
      swiftSettings: strict),

    // Rules of one's own that are regular expressions, for the command. libweir has none of it.
    .target(
      name: "WeirRegex", dependencies: ["WeirCore", "Hyperscan", "CPCRE2"], swiftSettings: strict),

    // Rule files into the built-in catalogue.
    .target(
      name: "WeirRules",
      dependencies: [
        "WeirCore", "WeirReference", "WeirRegex", .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      exclude: ["Reference"], swiftSettings: strict),
    .executableTarget(
      name: "rulec", dependencies: ["WeirRules", "WeirCore"], swiftSettings: strict),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["rulec"]),
    .target(
      name: "WeirCatalogue", dependencies: ["WeirCore"], swiftSettings: strict,
      plugins: ["EmbedRules"]),
    // The same rules as they are stated, for the command, which compiles others with them.
    .target(
      name: "WeirBuiltInRules", dependencies: ["WeirCore"], swiftSettings: strict,
      plugins: ["EmbedRules"]),

    // What both libraries scan with, from many threads.
    .target(name: "WeirWorkers", dependencies: ["WeirCore"], swiftSettings: strict),

    // The C library: weir.h, and what stands behind it.
    .target(name: "CWeir"),
    .target(
      name: "WeirABI",
      dependencies: ["CSystem", "CWeir", "WeirCore", "WeirCatalogue", "WeirWorkers"],
      swiftSettings: strict),

    // The Swift library. Neither folders nor modules differ by case alone from those of the command: not every file system tells them apart.
    .target(
      name: "Weir", dependencies: ["WeirCore", "WeirCatalogue", "WeirWorkers"],
      path: "Sources/WeirLibrary", swiftSettings: strict),
    .target(
      name: "WeirLogging",
      dependencies: ["Weir", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),

    // The command.
    .systemLibrary(name: "CSystem"),
    .target(
      name: "WeirIO",
      dependencies: ["WeirCore", "WeirRegex", "CArchive", "CNettle", "CSystem"],
      swiftSettings: strict),
    .executableTarget(
      name: "WeirCommand",
      dependencies: [
        "WeirCore", "WeirIO", "WeirCatalogue", "WeirBuiltInRules", "WeirRules", "WeirReference",
        "Hyperscan", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/weir",
      // Bound at start: binding a function at its first call saves the vector registers on the stack, and in them
      // may be what was just copied.
      swiftSettings: strict, linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]),

    // Synthetic credentials, made from the shapes at run time.
    .target(
      name: "WeirSpecimens", dependencies: ["WeirCore", "WeirRules"], swiftSettings: strict),
    .executableTarget(
      name: "sample", dependencies: ["PlainTexts", "WeirSpecimens", "WeirCore", "WeirRules"],
      swiftSettings: strict),
    // Texts without credentials, made from seeds: what the budgets of the rules are counted on.
    .target(name: "PlainTexts", dependencies: ["WeirSpecimens"], swiftSettings: strict),

    // Labelled input to order: texts in many dresses, with synthetic credentials at known places, and the score of a scan.
    .target(
      name: "Corpora", dependencies: ["PlainTexts", "WeirSpecimens", "WeirCore"],
      path: "corpora/Sources/Corpora", swiftSettings: strict),
    .executableTarget(
      name: "corpus",
      dependencies: [
        "Corpora", "WeirCore", "WeirRules",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "corpora/Sources/corpus", swiftSettings: strict),

    .target(
      name: "Oracle", dependencies: ["WeirCore", "CSodium"], path: "Tests/Oracle",
      swiftSettings: strict),
    // What tests and fuzzer share.
    .target(
      name: "Trials", dependencies: ["WeirCore", "Oracle", "WeirSpecimens", "WeirRules"],
      path: "Tests/Trials", swiftSettings: strict),
    // A program of its own: libhs has one allocator for the whole process.
    .executableTarget(
      name: "AllocationFaults", dependencies: ["CHyperscan", "Hyperscan", "WeirCore"],
      path: "Tests/AllocationFaults", swiftSettings: strict),
    // A program of its own: what it measures is the memory of its process.
    .executableTarget(
      name: "MemoryGrowth", dependencies: ["WeirCore", "Trials", "WeirSpecimens"],
      path: "Tests/MemoryGrowth", swiftSettings: strict),
    .testTarget(
      name: "WeirCoreTests",
      dependencies: [
        "WeirCore", "CSieve", "Oracle", "Trials", "WeirSpecimens", "WeirRules", "WeirReference",
        "PlainTexts",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WeirRulesTests", dependencies: ["WeirRules", "WeirCore"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "WeirIO", "WeirCatalogue", "WeirSpecimens", "WeirCore", "WeirRules", "Corpora",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WeirTests",
      dependencies: [
        "Weir", "WeirLogging", "WeirCore", "Corpora", "Trials", "WeirSpecimens",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
  ]
)

// `make fuzz` builds the engine anew, in a folder of its own, with libFuzzer's marks and address checks, and names libFuzzer's archive here.
// No other build has anything of it.
if let archive = Context.environment["WEIR_FUZZER_ARCHIVE"] {
  let marked: Set = ["Hyperscan", "WeirCore", "WeirReference", "WeirRegex", "WeirRules"]
  let plain: Set = [
    "CHyperscan", "CPCRE2", "CSieve", "CSodium", "WeirSpecimens", "Oracle", "Trials",
  ]
  package.products = []
  package.targets.removeAll { !marked.union(plain).contains($0.name) }
  for target in package.targets where marked.contains(target.name) {
    target.swiftSettings = strict + [.unsafeFlags(["-sanitize=fuzzer,address"])]
  }
  package.targets += [
    .systemLibrary(name: "CFuzzer"),
    .executableTarget(
      name: "fuzz", dependencies: ["CFuzzer", "Trials"], swiftSettings: strict,
      linkerSettings: [
        .unsafeFlags([archive, "-sanitize=address"]), .linkedLibrary("stdc++"),
      ]),
  ]
}
