extension StringProtocol {
  /// A part of a JSON pointer as what it stands for ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901#section-4)).
  package var pointerUnescaped: String {
    String(self).replacing("~1", with: "/").replacing("~0", with: "~")
  }

  /// What stands for this in a JSON pointer.
  package var pointerEscaped: String {
    String(self).replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
