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

/// Whether this is the build of `make sanitize`: the function and its tests, without the tools.
let functionOnly = Context.environment["APIGW_BATCH_FUNCTION_ONLY"] != nil

/// What starts in Lambda links the Swift runtime and libstdc++ statically: fewer shared objects, a faster cold start.
let lean: [LinkerSetting] = [
  .unsafeFlags(
    packaging ? ["-static-executable"] : ["-static-stdlib", "-L", "\(Context.packageDirectory)/Linker"])
]

// MARK: The C libraries, in Sources/System

let system: [Target] = [
  .systemLibrary(
    name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .yum(["libcurl-devel"])]),
  .systemLibrary(
    name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .yum(["openssl-devel"])]),
]

// MARK: What ships, in Sources/Function: no package, and nothing of the other wing

let function: [Target] = [
  .target(name: "Platform"),
  .target(name: "RawJSON", dependencies: ["Platform"]),
  .target(name: "HTTPTransport", dependencies: ["CCurl", "Platform"]),
  .target(name: "SigV4", dependencies: ["CCrypto", "Platform"]),
  .target(name: "Credentials", dependencies: ["HTTPTransport", "Platform", "RawJSON", "SigV4"]),
  .target(name: "LambdaRuntime", dependencies: ["HTTPTransport", "Platform", "RawJSON"]),
  .target(name: "ProxyEvents", dependencies: ["Platform", "RawJSON"]),
  .target(name: "AWSService", dependencies: ["Credentials", "HTTPTransport", "Platform", "RawJSON", "SigV4"]),
  .target(name: "Batch", dependencies: ["AWSService", "Credentials", "HTTPTransport", "Platform", "RawJSON"]),
  .target(name: "DynamoDB", dependencies: ["AWSService", "Credentials", "HTTPTransport", "Platform", "RawJSON"]),
  .target(name: "Idempotency", dependencies: ["Batch", "Credentials", "DynamoDB", "Platform", "RawJSON", "SigV4"]),
  .target(
    name: "JobAPI",
    dependencies: ["AWSService", "Batch", "Credentials", "Idempotency", "Platform", "ProxyEvents", "RawJSON", "SigV4"]),
  .executableTarget(
    name: "SubmitJobFunction",
    dependencies: ["Batch", "Credentials", "HTTPTransport", "JobAPI", "LambdaRuntime", "Platform"],
    linkerSettings: lean),
]

// MARK: The tools, in Sources/Development

let development: [Target] = [
  .target(name: "VelocityTemplate"),
  .target(name: "JSONTree", dependencies: ["RawJSON"]),
  .target(
    name: "LocalServer",
    dependencies: [
      "Platform", "SigV4", .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOPosix", package: "swift-nio"),
    ]),
  .target(name: "LocalBatch", dependencies: ["LocalServer", "Platform", "SigV4"]),
  .target(name: "LocalTable", dependencies: ["LocalServer", "Platform", "SigV4"]),
  .target(
    name: "LocalLambda",
    dependencies: [
      "LocalServer", "Platform", "SigV4", .product(name: "Subprocess", package: "swift-subprocess"),
    ]),
  .target(
    name: "SAMTemplate", dependencies: ["JSONTree", "Platform", "RawJSON", .product(name: "Yams", package: "Yams")]),
  .target(
    name: "LocalAPIGateway",
    dependencies: [
      "AWSService", "Batch", "HTTPTransport", "JSONTree", "LocalLambda", "LocalServer", "Platform", "RawJSON",
      "SAMTemplate", "SigV4", "VelocityTemplate", .product(name: "HTTPTypes", package: "swift-http-types"),
    ]),
  .target(
    name: "Workstation",
    dependencies: [
      "LocalBatch", "Platform", "SigV4", .product(name: "Subprocess", package: "swift-subprocess"),
    ]),
  .target(
    name: "Doctor",
    dependencies: [
      "AWSService", "Batch", "HTTPTransport", "Idempotency", "JobAPI", "LocalServer", "Platform", "SAMTemplate",
      "SigV4", "Workstation",
    ]),
  .target(
    name: "Comparison",
    dependencies: [
      "AWSService", "HTTPTransport", "JobAPI", "LocalAPIGateway", "LocalBatch", "LocalLambda", "LocalServer",
      "LocalTable", "Platform", "RawJSON", "SAMTemplate", "SigV4",
    ]),
  .executableTarget(
    name: "apigw-batch",
    dependencies: [
      "Batch", "Comparison", "Doctor", "HTTPTransport", "JSONTree", "LocalAPIGateway", "LocalBatch", "LocalLambda",
      "LocalServer", "LocalTable", "Platform", "RawJSON", "SAMTemplate", "SigV4", "Workstation",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "Subprocess", package: "swift-subprocess"),
    ]),
]

// MARK: Tests, in Tests/Function and Tests/Development, and what they need, in Tests

let functionTests: [Target] = [
  .testTarget(name: "PlatformTests", dependencies: ["Platform"]),
  .testTarget(name: "RawJSONTests", dependencies: ["RawJSON"]),
  .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "Platform", "TestSupport"]),
  .testTarget(name: "SigV4Tests", dependencies: ["Platform", "SigV4"]),
  .testTarget(
    name: "AWSServiceTests",
    dependencies: ["AWSService", "Credentials", "HTTPTransport", "Platform", "SigV4", "TestSupport"]),
  .testTarget(name: "CredentialsTests", dependencies: ["Credentials", "Platform", "RawJSON", "SigV4"]),
  .testTarget(name: "LambdaRuntimeTests", dependencies: ["HTTPTransport", "LambdaRuntime", "Platform"]),
  .testTarget(name: "ProxyEventsTests", dependencies: ["ProxyEvents", "RawJSON"]),
  .testTarget(
    name: "BatchTests",
    dependencies: ["AWSService", "Batch", "Credentials", "HTTPTransport", "Platform", "RawJSON", "TestSupport"]),
  .testTarget(
    name: "DynamoDBTests",
    dependencies: ["AWSService", "Credentials", "DynamoDB", "HTTPTransport", "Platform", "RawJSON", "TestSupport"]),
  .testTarget(
    name: "IdempotencyTests",
    dependencies: ["Batch", "Credentials", "DynamoDB", "Idempotency", "Platform", "RawJSON", "TestSupport"]),
  .testTarget(
    name: "JobAPITests",
    dependencies: [
      "AWSService", "Batch", "Credentials", "HTTPTransport", "Idempotency", "JobAPI", "Platform", "ProxyEvents",
      "RawJSON",
    ]),
  .testTarget(name: "SubmitJobFunctionTests", dependencies: ["Platform", "SigV4", "TestSupport"]),
]

let developmentTests: [Target] = [
  .testTarget(name: "VelocityTemplateTests", dependencies: ["VelocityTemplate"], exclude: ["Outcomes"]),
  .testTarget(name: "JSONTreeTests", dependencies: ["JSONTree", "RawJSON"]),
  .testTarget(
    name: "LocalServerTests",
    dependencies: ["DevelopmentTestSupport", "LocalServer", "TestSupport"]),
  .testTarget(name: "LocalBatchTests", dependencies: ["LocalBatch", "Platform", "SigV4", "TestSupport"]),
  .testTarget(
    name: "LocalTableTests",
    dependencies: [
      "Batch", "Credentials", "DynamoDB", "LocalTable", "Platform", "RawJSON", "SigV4", "TestSupport",
    ]),
  .testTarget(
    name: "LocalLambdaTests",
    dependencies: ["DevelopmentTestSupport", "JSONTree", "LocalLambda", "Platform", "SigV4", "TestSupport"]),
  .testTarget(
    name: "SAMTemplateTests", dependencies: ["DevelopmentTestSupport", "JSONTree", "SAMTemplate", "TestSupport"]),
  .testTarget(
    name: "LocalAPIGatewayTests",
    dependencies: [
      "DevelopmentTestSupport", "JSONTree", "LocalAPIGateway", "LocalBatch", "LocalLambda", "LocalServer", "Platform",
      "ProxyEvents", "SAMTemplate", "SigV4", "TestSupport", "VelocityTemplate",
      .product(name: "HTTPTypes", package: "swift-http-types"),
    ],
    exclude: ["Validation/Models"]),
  .testTarget(name: "WorkstationTests", dependencies: ["Platform", "TestSupport", "Workstation"]),
  .testTarget(
    name: "DoctorTests",
    dependencies: [
      "AWSService", "Batch", "DevelopmentTestSupport", "Doctor", "HTTPTransport", "JSONTree", "LocalBatch",
      "LocalServer", "Platform", "SAMTemplate", "SigV4", "Workstation",
    ]),
  .testTarget(
    name: "ComparisonTests",
    dependencies: [
      "Comparison", "DevelopmentTestSupport", "HTTPTransport", "JSONTree", "LocalAPIGateway", "LocalBatch",
      "LocalLambda", "LocalServer", "Platform", "SAMTemplate", "SigV4", "TestSupport",
    ],
    exclude: ["Load/Fixtures", "Report/Golden", "Report/made-up.json"]),
  .testTarget(
    name: "APIGWBatchTests",
    dependencies: [
      "apigw-batch", "Platform", "Workstation", .product(name: "Subprocess", package: "swift-subprocess"),
    ],
    exclude: ["Help"]),
]

let functionTestSupport: [Target] = [
  .target(name: "TestSupport", dependencies: ["Platform"], exclude: ["tls-proxy.py"]),
  .executableTarget(name: "JSONCheck", dependencies: ["RawJSON"]),
  // `make fuzz` links it; here it's compiled, so that it keeps up with what it calls.
  .target(name: "Fuzz", dependencies: ["ProxyEvents", "RawJSON"], exclude: ["json.dict"]),
]

let developmentTestSupport: [Target] = [
  .target(
    name: "DevelopmentTestSupport",
    dependencies: ["LocalLambda", "LocalServer", "SAMTemplate", "SigV4", "TestSupport"],
    exclude: ["stand-in"]),
  .executableTarget(name: "ReportPage", dependencies: ["Comparison"]),
]

// MARK: The package

let shipped = [("Sources/System", system), ("Sources/Function", function)]
let shippedTests = [("Tests/Function", functionTests), ("Tests", functionTestSupport)]
let tools = [
  ("Sources/Development", development), ("Tests/Development", developmentTests), ("Tests", developmentTestSupport),
]
let folders = shipped + (packaging ? [] : shippedTests) + (packaging || functionOnly ? [] : tools)
for (folder, targets) in folders {
  for target in targets {
    target.path = "\(folder)/\(target.name)"
    if target.type == .system { continue }
    target.swiftSettings = strict + (packaging ? [.define("STATIC_EXECUTABLE")] : [])
  }
}

let package = Package(
  name: "apigw-batch",
  products: [.executable(name: "SubmitJobFunction", targets: ["SubmitJobFunction"])],
  targets: folders.flatMap { $0.1 })

// Only the tools have dependencies: the zip depends on no version of a development package, and its build fetches none.
if !packaging && !functionOnly {
  package.products.append(.executable(name: "apigw-batch", targets: ["apigw-batch"]))
  package.dependencies = [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2", traits: []),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
  ]
}
