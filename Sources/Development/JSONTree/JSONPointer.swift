extension StringProtocol {
  /// A reference token of a JSON pointer, unescaped ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901#section-4)).
  package var pointerUnescaped: String {
    String(self).replacing("~1", with: "/").replacing("~0", with: "~")
  }

  /// This text, escaped as a reference token of a JSON pointer.
  package var pointerEscaped: String {
    String(self).replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
