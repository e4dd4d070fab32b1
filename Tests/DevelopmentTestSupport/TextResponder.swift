package import LocalServer

/// Responds to the requests of a local server with texts.
package struct TextResponder: Responder {
  package let maximumBodySize: Int
  private let text: @Sendable (BufferedRequest) async throws -> String?

  /// Responds with the text that is returned; with a 404 for nil.
  package init(
    maximumBodySize: Int = .max, _ text: @escaping @Sendable (BufferedRequest) async throws -> String?
  ) {
    self.maximumBodySize = maximumBodySize
    self.text = text
  }

  package func respond(to request: BufferedRequest) async throws -> BufferedResponse {
    guard let text = try await text(request) else { return BufferedResponse(status: 404) }
    return BufferedResponse(status: 200, body: Array(text.utf8))
  }
}
