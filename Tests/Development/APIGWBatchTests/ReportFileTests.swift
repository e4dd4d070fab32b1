import Foundation
import Testing

@testable import apigw_batch

@Suite("A report file")
struct ReportFileTests {
  /// Runs `body` with a temporary folder.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("the check neither creates a file nor changes an existing one")
  func tried() throws {
    try withFolder { folder in
      try Data("earlier".utf8).write(to: URL(filePath: folder + "/there"))
      #expect(ReportFile(path: folder + "/there").obstacle == nil)
      #expect(ReportFile(path: folder + "/new").obstacle == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["there"])
      #expect(try String(contentsOfFile: folder + "/there", encoding: .utf8) == "earlier")
    }
  }

  @Test("can't be a folder, in a folder that doesn't exist, or in one that isn't writable")
  func obstacles() throws {
    try withFolder { folder in
      #expect(ReportFile(path: folder).obstacle == "it is a directory; choose a file in it, such as \(folder)/report")
      #expect(ReportFile(path: "/").obstacle == "it is a directory; choose another path")
      #expect(ReportFile(path: folder + "/a/b").obstacle?.hasSuffix("run: mkdir -p \(folder)/a") == true)
      try Data().write(to: URL(filePath: folder + "/file"))
      #expect(ReportFile(path: folder + "/file/b").obstacle?.contains("is not a directory") == true)
      #expect(ReportFile(path: "").obstacle != nil)
      // Not even root can write there.
      #expect(ReportFile(path: "/proc/report").obstacle?.hasSuffix("; choose another path") == true)
      // Nor can it write to a running executable.
      #expect(ReportFile(path: "/proc/self/exe").obstacle == "Text file busy; choose another path")
    }
  }

  @Test("can be a link to a file that doesn't exist yet, and the check leaves no trace")
  func danglingLink() throws {
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "target")
      try FileManager.default.createSymbolicLink(atPath: folder + "/loop", withDestinationPath: "loop")
      let file = ReportFile(path: folder + "/link")
      #expect(file.obstacle == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["link", "loop"])
      try file.write("report")
      #expect(try String(contentsOfFile: folder + "/target", encoding: .utf8) == "report")
      #expect(ReportFile(path: folder + "/loop").obstacle?.hasSuffix("; choose another path") == true)
    }
  }

  @Test("replaces an existing file")
  func written() throws {
    try withFolder { folder in
      let file = ReportFile(path: folder + "/report")
      for text in ["a long report\n", "short\n"] {
        try file.write(text)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
      }
    }
  }

  @Test("that can't be written causes an error in the system's words")
  func full() {
    let error = #expect(throws: ReportFileError.self) { try ReportFile(path: "/dev/full").write("report") }
    #expect(error?.description == "No space left on device")
  }
}
