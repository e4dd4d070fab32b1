/// A header field: the form in which requests, responses and signatures share it. Names are case-insensitive.
package typealias HTTPHeader = (name: String, value: String)
