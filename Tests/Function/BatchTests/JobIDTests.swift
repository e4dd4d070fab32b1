import Batch
import Testing

@Suite("A job's id")
struct JobIDTests {
  private static let uuid = "8c1f0a2e-6f0b-4c55-9a3e-1d2c3b4a5f60"

  @Test("is a UUID, or that of an array job and an index")
  func valid() {
    #expect(JobID(Self.uuid)?.description == Self.uuid)
    #expect(JobID(Self.uuid)?.array == nil)
    for index in ["0", "7", "10", "9999"] {
      #expect(JobID("\(Self.uuid):\(index)")?.description == "\(Self.uuid):\(index)")
      #expect(JobID("\(Self.uuid):\(index)")?.array == Self.uuid)
    }
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "7", uuid.uppercased(), "\(uuid)0", "\(uuid.dropLast())", uuid.replacing("-", with: "a"), "\(uuid):",
      "\(uuid):00", "\(uuid):x", "\(uuid):12345", "\(uuid):1:2", "\(uuid)\"", "é\(uuid.dropFirst(2))", ":\(uuid)",
    ])
  func invalid(text: String) {
    #expect(JobID(text) == nil)
  }
}
