// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled with these: a warning fails the build.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// What starts in Lambda links the Swift runtime and libstdc++ statically: fewer shared objects, a faster cold start.
let lean: [LinkerSetting] = [
  .unsafeFlags(["-static-stdlib", "-L", "\(Context.packageDirectory)/Linker"])
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
    .target(name: "Platform", swiftSettings: strict),
    .target(name: "RawJSON", swiftSettings: strict),
    .target(name: "HTTPTransport", dependencies: ["CCurl", "Platform"], swiftSettings: strict),
    .target(name: "SigV4", dependencies: ["CCrypto", "Platform"], swiftSettings: strict),
    .target(
      name: "Credentials", dependencies: ["HTTPTransport", "Platform", "RawJSON", "SigV4"], swiftSettings: strict),
    .target(name: "LambdaRuntime", dependencies: ["HTTPTransport", "Platform", "RawJSON"], swiftSettings: strict),
    .target(name: "APIGateway", dependencies: ["Platform", "RawJSON"], swiftSettings: strict),
    .target(
      name: "Batch", dependencies: ["Credentials", "HTTPTransport", "Platform", "RawJSON", "SigV4"],
      swiftSettings: strict),
    .target(name: "SubmitJob", dependencies: ["APIGateway", "Batch", "Platform", "RawJSON"], swiftSettings: strict),
    .executableTarget(
      name: "SubmitJobFunction",
      dependencies: ["Batch", "Credentials", "HTTPTransport", "LambdaRuntime", "Platform", "SubmitJob"],
      swiftSettings: strict, linkerSettings: lean),

    // MARK: Development
    .target(
      name: "LocalAWS",
      dependencies: [
        "Platform", "SigV4",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "apigw-batch",
      dependencies: [
        "LocalAWS", "Platform", "RawJSON", "SigV4",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: strict),

    // MARK: Tests
    .target(
      name: "TestSupport", path: "Tests/TestSupport", exclude: ["tls-proxy.py"], swiftSettings: strict),
    .testTarget(
      name: "SubmitJobFunctionTests", dependencies: ["Platform", "SigV4", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "LocalAWSTests", dependencies: ["LocalAWS", "Platform", "SigV4"], exclude: ["Lambda/stand-in"],
      swiftSettings: strict),
    .testTarget(
      name: "APIGWBatchTests",
      dependencies: ["apigw-batch", .product(name: "Subprocess", package: "swift-subprocess")],
      exclude: ["Help"], swiftSettings: strict),
    .testTarget(name: "PlatformTests", dependencies: ["Platform"], swiftSettings: strict),
    .testTarget(name: "RawJSONTests", dependencies: ["RawJSON"], swiftSettings: strict),
    .testTarget(name: "SigV4Tests", dependencies: ["Platform", "SigV4"], swiftSettings: strict),
    .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "Platform"], swiftSettings: strict),
    .testTarget(
      name: "CredentialsTests", dependencies: ["Credentials", "Platform", "RawJSON", "SigV4"], swiftSettings: strict),
    .testTarget(
      name: "LambdaRuntimeTests", dependencies: ["HTTPTransport", "LambdaRuntime", "Platform"], swiftSettings: strict),
    .testTarget(name: "APIGatewayTests", dependencies: ["APIGateway", "RawJSON"], swiftSettings: strict),
    .testTarget(
      name: "BatchTests", dependencies: ["Batch", "Credentials", "HTTPTransport", "Platform", "RawJSON"],
      swiftSettings: strict),
    .testTarget(
      name: "SubmitJobTests",
      dependencies: ["APIGateway", "Batch", "Credentials", "HTTPTransport", "Platform", "RawJSON", "SubmitJob"],
      swiftSettings: strict),
  ]
)
