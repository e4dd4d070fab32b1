// libFuzzer's target: any bytes as a JSON document and as a proxy event. See `scripts/fuzz.sh`.

import ProxyEvents
import RawJSON

/// Reads the bytes in every way that the function reads an event; traps where what must hold does not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  if let value = try? JSONValue(parsing: bytes) {
    read(value)
    let again = try? JSONValue(parsing: Array(value.bytes))
    precondition(again?.bytes.elementsEqual(value.bytes) == true, "a value by itself reads otherwise")
    let cut = (try? JSONObject(parsing: bytes)).map(parts)
    precondition(cut == (try? value.object()).map(parts), "an object that is cut at once reads otherwise")
  } else {
    precondition((try? JSONObject(parsing: bytes)) == nil, "an object that is no JSON")
  }
  if let request = try? ProxyRequest(event: bytes) {
    for name in ["jobQueue", "jobDefinition"] { _ = try? request.pathParameter(name) }
    for segment in request.lastPathSegments(3) { _ = try? request.decoded(segment) }
    if let members = try? JSONValue(parsing: request.body) { read(members) }
    answer(request)
  }
  return 0
}

/// The members of an object as they are written.
private func parts(_ object: JSONObject) -> [[UInt8]] {
  object.members.flatMap { [(try? $0.name()).map { Array($0.utf8) } ?? [], Array($0.value.bytes)] }
    + [Array(object.bytesBetweenBraces)]
}

/// Reads all that is in a value.
private func read(_ value: JSONValue) {
  switch value.kind {
  case .object:
    guard let object = try? value.object() else { preconditionFailure("an object that can't be read") }
    for member in object.members {
      if let name = try? member.name() {
        precondition(object[name] != nil || object.isNull(name), "a member that is not found by its name")
      }
      read(member.value)
    }
    let inside = [UInt8(ascii: "{")] + object.bytesBetweenBraces + [UInt8(ascii: "}")]
    let again = try? JSONValue(parsing: inside).object()
    precondition(again?.members.count == object.members.count, "what is between the braces reads otherwise")
  case .array:
    guard let elements = try? value.array() else { preconditionFailure("an array that can't be read") }
    elements.forEach(read)
  case .string:
    guard let text = try? value.utf8() else { return }
    var writer = JSONWriter()
    writer.member("text", utf8: text)
    let again = try? JSONValue(parsing: writer.bytes).object()["text"]?.utf8()
    precondition(again == text, "a string that is written reads otherwise")
  case .number, .boolean, .null:
    precondition(!value.bytes.isEmpty)
  }
}

extension JSONObject {
  /// Whether the last member of this name is null.
  fileprivate func isNull(_ name: String) -> Bool {
    members.last { (try? $0.name().utf8.elementsEqual(name.utf8)) == true }?.value.kind == .null
  }
}

/// Writes the request's body back as an answer, which has to be JSON for any body that is text.
private func answer(_ request: ProxyRequest) {
  guard String(validating: request.body, as: UTF8.self) != nil else { return }
  let response = ProxyResponse(
    status: 200, headers: [("Content-Type", request.contentType ?? "")], body: request.body)
  let body = try? JSONValue(parsing: response.payload(for: request.format)).object()["body"]?.utf8()
  precondition(body == request.body, "an answer that reads otherwise")
}
