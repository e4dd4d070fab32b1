extension Problem {
  /// The kinds of problems; a raw value is a problem's `type`, a stable identifier for programs.
  enum Kind: String, CaseIterable {
    case badEvent = "bad-event"
    case badBody = "bad-body"
    case badPath = "bad-path"
    case badQuery = "bad-query"
    case badIdempotencyKey = "bad-idempotency-key"
    case idempotencyKeyMissing = "idempotency-key-missing"
    case idempotencyUnavailable = "idempotency-unavailable"
    case refusedByBatch = "refused-by-batch"
    case notAllowed = "not-allowed"
    case accessDenied = "access-denied"
    case notFound = "not-found"
    case jobNotFound = "job-not-found"
    case methodNotAllowed = "method-not-allowed"
    case inProgress = "in-progress"
    case tooLarge = "too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case idempotencyKeyReused = "idempotency-key-reused"
    case throttled
    case functionFault = "function-fault"
    case unexpectedResponse = "unexpected-answer"
    case notSent = "not-sent"
    case idempotencyKeyUnchecked = "idempotency-key-unchecked"
    case outcomeUnknown = "outcome-unknown"
  }
}

extension Problem.Kind {
  /// The HTTP status, and the kind in words.
  var row: (status: Int, title: String) {
    switch self {
    case .badEvent: (400, "Malformed event")
    case .badBody: (400, "Malformed body")
    case .badPath: (400, "Malformed path")
    case .badQuery: (400, "Malformed query")
    case .badIdempotencyKey: (400, "Malformed Idempotency-Key")
    case .idempotencyKeyMissing: (400, "An Idempotency-Key is required")
    case .idempotencyUnavailable: (400, "Idempotency-Key is not supported here")
    case .refusedByBatch: (400, "Batch refused the request")
    case .notAllowed: (403, "Not allowed by the function's policy")
    case .accessDenied: (403, "The function's role may not do this")
    case .notFound: (404, "No such route")
    case .jobNotFound: (404, "No such job")
    case .methodNotAllowed: (405, "Method not allowed")
    case .inProgress: (409, "A request with this Idempotency-Key is in progress")
    case .tooLarge: (413, "The job is too large")
    case .unsupportedMediaType: (415, "Unsupported content type")
    case .idempotencyKeyReused: (422, "The Idempotency-Key belongs to another request")
    case .throttled: (429, "Too many requests to Batch")
    case .functionFault: (502, "The function failed")
    case .unexpectedResponse: (502, "Unexpected response from Batch")
    case .notSent: (503, "Batch was not reached")
    case .idempotencyKeyUnchecked: (503, "The Idempotency-Key can't be checked")
    case .outcomeUnknown: (504, "No response from Batch")
    }
  }
}
