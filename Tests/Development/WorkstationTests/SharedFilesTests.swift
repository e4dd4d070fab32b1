import Platform
import Testing

@testable import Workstation

@Suite("The shared files of the AWS CLI and the SDKs")
struct SharedFilesTests {
  /// File contents, each with botocore's result for their only section, `a`.
  static let texts: [(text: String, settings: [String: String])] = [
    ("[a]\nx = 1\ny=2\n", ["x": "1", "y": "2"]),
    ("[a]\n  x = 1\n  y = 2\n", ["x": "1", "y": "2"]),
    ("[a]\n\tx = 1\n\ty=2\n", ["x": "1", "y": "2"]),
    ("[a]\r\n  x = 1\r\n  y = 2\r\n", ["x": "1", "y": "2"]),
    ("  [a]\n  x = 1\n", ["x": "1"]),
    ("  [a]\nx = 1\n", ["x": "1"]),
    ("[a]\n    x = 1\n  y = 2\nz = 3\n", ["x": "1", "y": "2", "z": "3"]),
    ("[a]\n  X: 1\n", ["x": "1"]),
    ("[a]\n  # comment\n  x = 1\n\n  y = 2\n", ["x": "1", "y": "2"]),
    // Nested settings belong to the setting above them.
    ("[a]\ns3 =\n  x = 2\nx = 1\n", ["s3": "\nx = 2", "x": "1"]),
    ("[a]\n  s3 =\n    x = 2\n  x = 1\n", ["s3": "\nx = 2", "x": "1"]),
    ("[a]\nx = 1\ns3 =\n  x = 2\n  y = 3\n", ["s3": "\nx = 2\ny = 3", "x": "1"]),
    ("[a]\nx = 1\n  y = 2\n", ["x": "1\ny = 2"]),
    ("[a]\nx = 1\n# comment\n  y = 2\n", ["x": "1\ny = 2"]),
    ("[b]\nx = 0\n[a]\n  x = 1\n", ["x": "1"]),
    ("[b]\n x = 0\n [a]\ny = 2\n", ["y": "2"]),
    ("[a]\nx =\n", [:]),
  ]

  @Test("are parsed as botocore parses them, including indented and nested settings", arguments: texts)
  func sections(text: String, settings: [String: String]) {
    #expect(SharedFiles.parse(text)["a"] == settings)
  }
}
