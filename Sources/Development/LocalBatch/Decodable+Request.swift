internal import Foundation

extension Decodable {
  /// Decodes a request. A member that is missing or has the wrong type is a `ClientException` that names it.
  init(json body: [UInt8]) throws(ServiceError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(body))
    } catch DecodingError.keyNotFound(let member, let context) {
      throw .client("\((context.codingPath + [member]).dotted) is required")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context)
    {
      guard !context.codingPath.isEmpty else { throw .notJSON }
      throw .client("\(context.codingPath.dotted) has an invalid value: \(context.debugDescription)")
    } catch {
      throw .notJSON
    }
  }
}

extension [any CodingKey] {
  /// The path to a member, such as `dependsOn[0].jobId`.
  fileprivate var dotted: String {
    reduce(into: "") { path, key in
      path += key.intValue.map { "[\($0)]" } ?? (path.isEmpty ? key.stringValue : ".\(key.stringValue)")
    }
  }
}
