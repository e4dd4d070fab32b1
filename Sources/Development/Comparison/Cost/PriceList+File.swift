internal import Foundation
internal import Platform
internal import RawJSON

extension PriceList {
  /// Reads a file such as `docs/prices.json`.
  ///
  /// - Throws: `PriceListError`, which names the invalid member.
  package init(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PriceListError(file: path, member: nil, reason: "can't be read; use a file such as docs/prices.json")
    }
    try self.init(parsing: Array(data), from: path)
  }

  /// Parses the text of a file; `path` is for the error.
  init(parsing text: [UInt8], from path: String) throws {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: text)
    } catch {
      throw PriceListError(file: path, member: nil, reason: "not valid JSON: \(error)")
    }
    let file = PriceListNode(value: document, name: nil, file: path)
    try file.expect(["date", "region", "sources", "pages", "restAPI", "httpAPI", "lambda", "dynamoDB"])
    let date = try file["date"]
    let day = try date.text()
    guard day.utf8.count == 10, Timestamp(rfc3339: "\(day)T00:00:00Z") != nil else {
      throw date.error("must be a date such as 2026-11-22")
    }
    self.date = day
    region = try file["region"].text()
    sources = try file["sources"].elements().map { try $0.text() }
    pages = try file["pages"].elements().map { page in
      try page.expect(["service", "url"])
      return .init(service: try page["service"].text(), url: try page["url"].webAddress(), date: day)
    }
    requests = [.rest: try Tiers(file["restAPI"]), .http: try Tiers(file["httpAPI"])]
    let lambda = try file["lambda"]
    try lambda.expect(["requestsPerMillion", "gigabyteSecond"])
    lambdaRequestsPerMillion = try lambda["requestsPerMillion"].price()
    let dynamoDB = try file["dynamoDB"]
    try dynamoDB.expect(["writeRequestUnitsPerMillion"])
    writeRequestUnitsPerMillion = try dynamoDB["writeRequestUnitsPerMillion"].price()
    let gigabyteSecond = try lambda["gigabyteSecond"]
    try gigabyteSecond.expect(Architecture.allCases.map(\.rawValue))
    var prices: [Architecture: Decimal] = [:]
    for architecture in Architecture.allCases {
      prices[architecture] = try gigabyteSecond[architecture.rawValue].price()
    }
    self.gigabyteSecond = prices
  }
}

extension PriceList.Tiers {
  fileprivate init(_ node: PriceListNode) throws {
    let nodes = try node.elements()
    var (tiers, start) = ([Tier](), Decimal())
    for (index, node) in nodes.enumerated() {
      let isLast = index == nodes.count - 1
      try node.expect(isLast ? ["perMillion"] : ["upTo", "perMillion"])
      var limit: Decimal?
      if !isLast {
        let upTo = try node["upTo"]
        let number = try upTo.number()
        guard number > start, number.rounded(to: 0) == number else {
          throw upTo.error("must be a whole number of requests above \(start), the previous limit")
        }
        (limit, start) = (number, number)
      }
      tiers.append(Tier(limit: limit, perMillion: try node["perMillion"].price()))
    }
    self.tiers = tiers
  }
}

/// An invalid price file.
package struct PriceListError: Error, Hashable, CustomStringConvertible {
  /// The file's path.
  package let file: String
  /// The path of the invalid member, such as `restAPI[1].perMillion`; nil for the whole file.
  package let member: String?
  /// The fault, and what is expected instead.
  package let reason: String

  /// One line that names the file and the member.
  package var description: String { ([file] + [member, reason].compactMap { $0 }).joined(separator: ": ") }
}

/// A value of a price file, and its place in the file.
private struct PriceListNode {
  let value: JSONValue
  let name: String?
  let file: String

  func error(_ reason: String) -> PriceListError { PriceListError(file: file, member: name, reason: reason) }

  /// Reads the value as a certain kind of JSON.
  private func reading<Value>(_ read: () throws(JSONError) -> Value) throws -> Value {
    do { return try read() } catch { throw self.error("\(error.reason), found \(value.kind)") }
  }

  /// Rejects unknown members, because one may be a misspelt known one, and duplicates.
  func expect(_ names: [String]) throws {
    let members = try reading { () throws(JSONError) in try value.object().members.map { try? $0.name() } }
    if let member = members.enumerated().first(where: { members.prefix($0).contains($1) })?.element {
      throw error("duplicate member \(member.quoted); remove one of them")
    }
    for member in members where !names.contains(member ?? "") {
      let isLastTier = names == ["perMillion"]
      let hint =
        isLastTier
        ? "the last tier has no upper bound, so use only perMillion" : "use \(names.joined(separator: ", "))"
      throw error("unknown member \((member ?? "").quoted); \(hint)")
    }
  }

  subscript(_ member: String) -> PriceListNode {
    get throws {
      let path = (name.map { "\($0)." } ?? "") + member
      guard let value = try reading({ () throws(JSONError) in try value.object()[member] }) else {
        throw PriceListError(file: file, member: path, reason: "missing")
      }
      return PriceListNode(value: value, name: path, file: file)
    }
  }

  func elements() throws -> [PriceListNode] {
    let values = try reading { () throws(JSONError) in try value.array() }
    if values.isEmpty { throw error("must have at least one element") }
    return values.enumerated().map { index, value in
      PriceListNode(value: value, name: "\(name ?? "")[\(index)]", file: file)
    }
  }

  func text() throws -> String {
    let text = try reading { () throws(JSONError) in try value.string() }
    if text.isEmpty { throw error("must not be empty") }
    return text
  }

  func webAddress() throws -> String {
    let address = try text()
    guard HTTPURL(address)?.isSecure == true else {
      throw error("must be a URL such as https://aws.amazon.com/lambda/pricing/")
    }
    return address
  }

  func number() throws -> Decimal {
    guard value.kind == .number else { throw error("expected a number, found \(value.kind)") }
    let text = String(decoding: value.bytes, as: UTF8.self)
    guard let number = Decimal(string: text), number.isFinite, number >= 0, number <= 1_000_000_000_000_000 else {
      throw error("must be a number from 0 to 1000000000000000, not \(text.quoted)")
    }
    return number
  }

  func price() throws -> Decimal {
    let price = try number()
    guard price <= 1_000_000 else { throw error("must be a price of at most 1000000 US dollars, not \(price)") }
    return price
  }
}
