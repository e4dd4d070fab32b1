import Testing

@testable import JobAPI

@Suite("A message for the caller")
struct IdentityARNTests {
  private static let queue = "arn:aws:batch:us-east-1:123456789012:job-queue/reports"

  @Test(
    "has IAM and STS ARNs redacted",
    arguments: [
      ("User: arn:aws:iam::111122223333:user/alice is not authorized", "User: [redacted] is not authorized"),
      ("User: arn:aws:sts::111122223333:assumed-role/submit-role/session is not", "User: [redacted] is not"),
      ("arn:aws:iam::111122223333:role/path/to/submit-role", "[redacted]"),
      ("(arn:aws:iam::111122223333:role/r)", "([redacted])"),
      ("\"arn:aws-cn:iam::111122223333:role/r\"", "\"[redacted]\""),
      ("'arn:aws-us-gov:sts::111122223333:federated-user/f'", "'[redacted]'"),
      ("<arn:aws:iam::111122223333:root>; next", "<[redacted]>; next"),
      ("[arn:aws:sts::111122223333:self]", "[[redacted]]"),
      ("{arn:aws:iam::111122223333:policy/p}", "{[redacted]}"),
      ("Role arn:aws:iam::111122223333:role/a+b=c@d.e-f_g has", "Role [redacted] has"),
      ("arn:aws:iam::1:user/a arn:aws:iam::2:user/b", "[redacted] [redacted]"),
      ("é arn:aws:iam::1:user/a é", "é [redacted] é"),
      ("xarn:aws:iam::1:user/a y", "x[redacted] y"), ("arn:aws:sts", "[redacted]"),
      ("a\tarn:aws:iam::1:user/a\tb", "a\t[redacted]\tb"),
      ("on resource: \(queue) by arn:aws:iam::1:user/a", "on resource: \(queue) by [redacted]"),
      ("by arn:aws:iam::1:user/a on \(queue)", "by [redacted] on \(queue)"),
    ])
  func redacts(message: String, redacted: String) {
    #expect(message.redactingIdentityARNs == redacted)
  }

  @Test(
    "keeps everything else",
    arguments: [
      "", "Job queue reports does not exist", queue, "Job \(queue), and \(queue)", "arn:", "arn:aws", "arn:aws:",
      "arn:aws:batch", "arn:aws:batch:iam:sts:x",
      "arn:aws:iamx::1:user/a", "barn: aws:iam", "arn aws:iam::1", "line\nbreak\r\nand é€𝄞", "iam sts",
      "learn: iam: sts",
    ])
  func keeps(message: String) {
    #expect(Array(message.redactingIdentityARNs.utf8) == Array(message.utf8))
  }

  @Test(
    "shows nothing of such an ARN even if it directly follows another, or contains a comma, which IAM allows",
    arguments: [
      "\(queue)\narn:aws:iam::111122223333:role/private", "\(queue)|arn:aws:iam::111122223333:role/private",
      "\(queue)=arn:aws:iam::111122223333:role/private",
      "arn:aws:iam::111122223333:role/x,private is not",
      "arn:aws:sts::111122223333:assumed-role/x/alice,private@example.com is not",
    ])
  func nextToAnother(message: String) {
    let redacted = message.redactingIdentityARNs
    #expect(!redacted.contains("private"))
    #expect(!redacted.contains("111122223333"))
  }
}
