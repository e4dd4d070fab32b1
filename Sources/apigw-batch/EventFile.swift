internal import Foundation
internal import RawJSON

/// An event as it is in a file: its bytes go to the function as they are.
struct EventFile: Equatable {
  /// The file's name as it was given.
  let name: String
  /// The whole file.
  let bytes: [UInt8]

  /// Reads the named files, `-` being standard input, or all of the package's sample events.
  static func read(_ names: [String]?, root: PackageRoot) throws(UsageError) -> [EventFile] {
    var paths = names ?? []
    if names == nil { paths = try root.sampleEvents() }
    guard !paths.isEmpty else {
      throw UsageError("no event is named; type: apigw-batch invoke events/rest-submit.json")
    }
    guard paths.filter({ $0 == "-" }).count < 2 else {
      throw UsageError("standard input holds one event; type: apigw-batch invoke -")
    }
    var events: [EventFile] = []
    for path in paths { events.append(try EventFile(reading: path)) }
    return events
  }

  private init(reading name: String) throws(UsageError) {
    let source = name == "-" ? "standard input" : name
    do {
      let handle = name == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: name))
      self.name = source
      self.bytes = Array(try handle.readToEnd() ?? Data())
    } catch {
      throw UsageError("can't read \(source): \(error.localizedDescription); type: ls events")
    }
    do throws(JSONError) {
      _ = try JSONValue(parsing: bytes)
    } catch {
      // How deep an event may go is the function's affair.
      if error.reason == .tooDeep { return }
      let check = name == "-" ? "apigw-batch invoke events/rest-submit.json" : "python3 -m json.tool \(name)"
      throw UsageError("\(source) is not JSON: \(error); type: \(check)")
    }
  }
}
