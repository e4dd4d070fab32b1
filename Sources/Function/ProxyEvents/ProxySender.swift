internal import RawJSON

/// The sender of an event, recognized by its members, with the method and the path from where that sender puts them.
struct ProxySender {
  let format: PayloadFormat
  let method: JSONValue
  let path: JSONValue

  /// Nil if the event doesn't come from a known sender.
  init?(_ members: JSONObject) {
    if let method = members["httpMethod"], let path = members["path"] {
      (self.method, self.path) = (method, path)
      if members["resource"] == nil, (try? members["requestContext"]?.object())?["elb"] != nil {
        format = .loadBalancer(multiValueHeaders: members["multiValueHeaders"] != nil)
      } else {
        format = (try? members["version"]?.string()) == "1.0" ? .httpV1 : .rest
      }
    } else if let context = try? members["requestContext"]?.object(), let http = try? context["http"]?.object(),
      let method = http["method"], let path = members["rawPath"]
    {
      (self.method, self.path) = (method, path)
      format = (try? context["domainName"]?.string()).map(Self.isFunctionURL) == true ? .functionURL : .httpV2
    } else {
      return nil
    }
  }

  /// Whether a domain is `<id>.lambda-url.<region>.on.aws`, or its equivalent in another partition.
  private static func isFunctionURL(_ domain: String) -> Bool {
    domain.utf8.split(separator: UInt8(ascii: ".")).dropFirst().first?.elementsEqual("lambda-url".utf8) == true
  }
}
