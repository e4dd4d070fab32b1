/// A key and its value, as `$map.entrySet()` lists them.
final class MapEntry: VelocityObject {
  let map: VelocityMap
  let key: VelocityValue
  var value: VelocityValue

  init(_ entry: VelocityMap.Entry, of map: VelocityMap) {
    self.map = map
    key = entry.key
    value = entry.value
  }

  var text: String {
    // With the default limit, because the template's own isn't available here.
    (try? VelocityValue.object(self).text(within: TemplateLimits().length)) ?? ""
  }

  func property(_ name: String) -> VelocityValue {
    switch name {
    case "key": key
    case "value": value
    default: .null
    }
  }

  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count) {
    case ("getKey", 0): return key
    case ("getValue", 0): return value
    case ("toString", 0): return .string(text)
    case ("setValue", 1):
      value = arguments[0]
      return map.put(key, value) ?? .null
    case ("getKey", _), ("getValue", _), ("setValue", _), ("toString", _): throw .arguments
    default: throw .unknown
    }
  }
}
