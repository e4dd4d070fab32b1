// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled with these: a warning fails the build.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Whether this is the build of `make package`: the function alone, with nothing from the machine that it runs on.
let packaging = Context.environment["APIGW_BATCH_PACKAGING"] != nil

/// What starts in Lambda links the Swift runtime and libstdc++ statically: fewer shared objects, a faster cold start.
let lean: [LinkerSetting] = [
  .unsafeFlags(
    packaging ? ["-static-executable"] : ["-static-stdlib", "-L", "\(Context.packageDirectory)/Linker"])
]

let package = Package(
  name: "apigw-batch",
  products: [
    .executable(name: "SubmitJobFunction", targets: ["SubmitJobFunction"]),
    .executable(name: "apigw-batch", targets: ["apigw-batch"]),
  ],
  dependencies: [
    // For the development targets alone: the function depends on no package.
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2", traits: []),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
  ],
  targets: [
    // MARK: The C libraries
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .yum(["libcurl-devel"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .yum(["openssl-devel"])]),

    // MARK: The function
    .target(name: "Platform"),
    .target(name: "RawJSON"),
    .target(name: "HTTPTransport", dependencies: ["CCurl", "Platform"]),
    .target(name: "SigV4", dependencies: ["CCrypto", "Platform"]),
    .target(
      name: "Credentials", dependencies: ["HTTPTransport", "Platform", "RawJSON", "SigV4"]),
    .target(name: "LambdaRuntime", dependencies: ["HTTPTransport", "Platform", "RawJSON"]),
    .target(name: "APIGateway", dependencies: ["Platform", "RawJSON"]),
    .target(
      name: "Batch", dependencies: ["Credentials", "HTTPTransport", "Platform", "RawJSON", "SigV4"]),
    .target(name: "SubmitJob", dependencies: ["APIGateway", "Batch", "Platform", "RawJSON"]),
    .executableTarget(
      name: "SubmitJobFunction",
      dependencies: ["Batch", "Credentials", "HTTPTransport", "LambdaRuntime", "Platform", "SubmitJob"],
      linkerSettings: lean),

    // MARK: Development
    .target(name: "VelocityTemplate"),
    .target(
      name: "LocalAWS",
      dependencies: [
        "Batch", "HTTPTransport", "Platform", "RawJSON", "SigV4", "VelocityTemplate",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Comparison", dependencies: ["HTTPTransport", "LocalAWS", "Platform", "RawJSON", "SigV4", "SubmitJob"]),
    .executableTarget(
      name: "apigw-batch",
      dependencies: [
        "Batch", "Comparison", "HTTPTransport", "LocalAWS", "Platform", "RawJSON", "SigV4", "SubmitJob",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),

    // MARK: Tests
    .target(
      name: "TestSupport", path: "Tests/TestSupport", exclude: ["tls-proxy.py"]),
    .executableTarget(name: "JSONCheck", dependencies: ["RawJSON"], path: "Tests/JSONCheck"),
    .executableTarget(name: "ReportPage", dependencies: ["Comparison"], path: "Tests/ReportPage"),
    // `make fuzz` links it; here it's compiled, so that it keeps up with what it calls.
    .target(name: "Fuzz", dependencies: ["APIGateway", "RawJSON"], path: "Tests/Fuzz", exclude: ["json.dict"]),
    .testTarget(
      name: "SubmitJobFunctionTests", dependencies: ["Platform", "SigV4", "TestSupport"]),
    .testTarget(
      name: "LocalAWSTests",
      dependencies: [
        "APIGateway", "Batch", "LocalAWS", "Platform", "RawJSON", "SigV4", "TestSupport", "VelocityTemplate",
        .product(name: "Hummingbird", package: "hummingbird"),
      ],
      exclude: ["APIGateway/Validation/Models", "Lambda/stand-in"]),
    .testTarget(
      name: "ComparisonTests",
      dependencies: [
        "Comparison", "HTTPTransport", "LocalAWS", "Platform", "RawJSON", "SigV4", "TestSupport",
        .product(name: "Hummingbird", package: "hummingbird"),
      ],
      exclude: ["Load/Fixtures", "Report/Golden", "Report/made-up.json"]),
    .testTarget(
      name: "APIGWBatchTests",
      dependencies: [
        "Batch", "HTTPTransport", "LocalAWS", "Platform", "SigV4", "apigw-batch",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["Help"]),
    .testTarget(name: "VelocityTemplateTests", dependencies: ["VelocityTemplate"], exclude: ["Outcomes"]),
    .testTarget(name: "PlatformTests", dependencies: ["Platform"]),
    .testTarget(name: "RawJSONTests", dependencies: ["RawJSON"]),
    .testTarget(name: "SigV4Tests", dependencies: ["Platform", "SigV4"]),
    .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "Platform"]),
    .testTarget(
      name: "CredentialsTests", dependencies: ["Credentials", "Platform", "RawJSON", "SigV4"]),
    .testTarget(
      name: "LambdaRuntimeTests", dependencies: ["HTTPTransport", "LambdaRuntime", "Platform"]),
    .testTarget(name: "APIGatewayTests", dependencies: ["APIGateway", "RawJSON"]),
    .testTarget(
      name: "BatchTests",
      dependencies: ["Batch", "Credentials", "HTTPTransport", "Platform", "RawJSON", "TestSupport"]),
    .testTarget(
      name: "SubmitJobTests",
      dependencies: ["APIGateway", "Batch", "Credentials", "HTTPTransport", "Platform", "RawJSON", "SubmitJob"]),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = strict + (packaging ? [.define("STATIC_EXECUTABLE")] : [])
}

if packaging {
  // The zip depends on no version of a development package, and to build it fetches none.
  let function = package.targets.firstIndex { $0.name == "SubmitJobFunction" }
  package.targets.removeSubrange((function.map { $0 + 1 } ?? 0)...)
  package.products.removeAll { $0.name != "SubmitJobFunction" }
  package.dependencies = []
}
