// swift-tools-version: 6.2
import PackageDescription

// Measures parts of the engine. Apart from the project: nobody who builds Weir needs it.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "weir", path: "..")],
  targets: [
    .executableTarget(
      name: "micro",
      dependencies: ["Hyperscan", "PlainTexts", "WeirCatalogue", "WeirCore", "WeirIO"].map {
        .product(name: $0, package: "weir")
      },
      swiftSettings: [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ]
)
