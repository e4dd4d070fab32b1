import Foundation
import Testing

@testable import apigw_batch

@Suite("A report's file")
struct ReportFileTests {
  /// A folder that is removed when `body` is done.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("is tried without a trace: neither a new file nor a change of one that is there")
  func tried() throws {
    try withFolder { folder in
      try Data("earlier".utf8).write(to: URL(filePath: folder + "/there"))
      #expect(ReportFile(path: folder + "/there").obstacle == nil)
      #expect(ReportFile(path: folder + "/new").obstacle == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["there"])
      #expect(try String(contentsOfFile: folder + "/there", encoding: .utf8) == "earlier")
    }
  }

  @Test("can be neither a folder, nor in none, nor where nobody may write")
  func obstacles() throws {
    try withFolder { folder in
      #expect(ReportFile(path: folder).obstacle == "it is a directory; type a file in it: \(folder)/report")
      #expect(ReportFile(path: "/").obstacle == "it is a directory; type another path")
      #expect(ReportFile(path: folder + "/a/b").obstacle?.hasSuffix("run: mkdir -p \(folder)/a") == true)
      try Data().write(to: URL(filePath: folder + "/file"))
      #expect(ReportFile(path: folder + "/file/b").obstacle?.contains("is no directory") == true)
      #expect(ReportFile(path: "").obstacle != nil)
      // Not even root may write there.
      #expect(ReportFile(path: "/proc/report").obstacle?.hasSuffix("; type another path") == true)
      // Nor may it write what is being executed.
      #expect(ReportFile(path: "/proc/self/exe").obstacle == "Text file busy; type another path")
    }
  }

  @Test("may be a link to a file that isn't there yet, and it's tried without a trace")
  func danglingLink() throws {
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "target")
      try FileManager.default.createSymbolicLink(atPath: folder + "/loop", withDestinationPath: "loop")
      let file = ReportFile(path: folder + "/link")
      #expect(file.obstacle == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["link", "loop"])
      try file.write("report")
      #expect(try String(contentsOfFile: folder + "/target", encoding: .utf8) == "report")
      #expect(ReportFile(path: folder + "/loop").obstacle?.hasSuffix("; type another path") == true)
    }
  }

  @Test("takes the place of what is there")
  func written() throws {
    try withFolder { folder in
      let file = ReportFile(path: folder + "/report")
      for text in ["a long report\n", "short\n"] {
        try file.write(text)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
      }
    }
  }

  @Test("that can't be written is an error in the system's words")
  func full() {
    let error = #expect(throws: ReportFileError.self) { try ReportFile(path: "/dev/full").write("report") }
    #expect(error?.description == "No space left on device")
  }
}
