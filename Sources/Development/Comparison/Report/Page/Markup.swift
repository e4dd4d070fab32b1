/// HTML or SVG. Text interpolated into it is escaped; markup is inserted unchanged.
struct Markup: ExpressibleByStringInterpolation {
  /// The source of the markup.
  let html: String

  private init(html: String) { self.html = html }

  init(stringLiteral value: String) { html = value }

  init(stringInterpolation: Interpolation) { html = stringInterpolation.html }

  /// Text whose long words may be broken between their parts, as in `container|Overrides` or `template/|direct`.
  init(breaking text: String) {
    let text = text.onOneLine
    let places = [text.startIndex] + text[...].breaks + [text.endIndex]
    let parts = zip(places, places.dropFirst()).map { "\(String(text[$0..<$1]))" as Markup }
    html = parts.map(\.html).joined(separator: "<wbr>")
  }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { html += literal }

    /// Escapes text, and keeps `ms` on the same line as its number.
    mutating func appendInterpolation(_ text: String) {
      html += text.onOneLine.escapedForHTML.replacing(" ms", with: "\u{a0}ms")
    }

    mutating func appendInterpolation(_ number: Int) { html += String(number) }

    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

    mutating func appendInterpolation(_ markups: [Markup]) { html += markups.map(\.html).joined(separator: "\n") }

    /// A length in a drawing, to a tenth of a pixel.
    mutating func appendInterpolation(_ length: Double) {
      html += String(((length.isFinite ? length : 0) * 10).rounded() / 10)
    }
  }
}

extension String {
  /// The text, escaped for an element's content or a quoted attribute.
  fileprivate var escapedForHTML: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
