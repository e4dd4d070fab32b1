internal import CCurl

/// Sets options and remembers the first one that libcurl rejects.
struct OptionSetter {
  let handle: UnsafeMutableRawPointer
  private(set) var failure: (option: CURLoption, code: CURLcode)?

  init(handle: UnsafeMutableRawPointer) {
    self.handle = handle
  }

  mutating func set(_ option: CURLoption, _ value: Int) {
    note(option, curl_easy_setopt_long(handle, option, value))
  }

  mutating func set(_ option: CURLoption, offset value: Int) {
    note(option, curl_easy_setopt_offset(handle, option, curl_off_t(value)))
  }

  mutating func set(_ option: CURLoption, _ value: String?) {
    note(option, curl_easy_setopt_string(handle, option, value))
  }

  mutating func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) {
    note(option, curl_easy_setopt_pointer(handle, option, value))
  }

  mutating func set(_ option: CURLoption, function: @escaping curl_data_function) {
    note(option, curl_easy_setopt_data_function(handle, option, function))
  }

  mutating func setPrereqFunction(_ function: @escaping curl_prereq_function) {
    note(CURLOPT_PREREQFUNCTION, curl_easy_setopt_prereq_function(handle, function))
  }

  private mutating func note(_ option: CURLoption, _ code: CURLcode) {
    if code != CURLE_OK && failure == nil { failure = (option, code) }
  }
}
