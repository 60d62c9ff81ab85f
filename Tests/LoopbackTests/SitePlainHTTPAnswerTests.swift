import LabNet
import Testing

struct SitePlainHTTPAnswerTests {
  @Test func `the answer is one whole response that ends the connection`() throws {
    let text = String(decoding: PlainHTTPAnswer.page(host: "localhost:8443", port: 8443), as: UTF8.self)
    let end = try #require(text.firstRange(of: "\r\n\r\n"))
    let head = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
    let body = text[end.upperBound...]
    #expect(head.first == "HTTP/1.1 400 Bad Request")
    #expect(head.contains("Content-Type: text/html; charset=utf-8"))
    #expect(head.contains("Content-Length: \(body.utf8.count)"))
    #expect(head.contains("Connection: close"))
    #expect(head.contains { $0.hasPrefix("Content-Security-Policy: default-src 'none'; ") })
    #expect(body.hasPrefix("<!doctype html>") && body.hasSuffix("</html>\n"))
    #expect(!body.contains("\r"))
  }

  @Test(arguments: [
    ("localhost:8443", "https://localhost:8443/"),
    ("localhost", "https://localhost:7443/"),
    ("netlab.test:9443", "https://netlab.test:9443/"),
    ("[::1]:8443", "https://[::1]:8443/"),
    ("[::1]", "https://[::1]:7443/"),
    ("127.0.0.1:1", "https://127.0.0.1:1/"),
    ("x\"><script>alert(1)</script>", "https://localhost:7443/"),
    ("a\r\nX: y", "https://localhost:7443/"),
    (nil, "https://localhost:7443/"),
  ])
  func `the link leads to where the visitor meant to go`(host: String?, url: String) {
    let text = String(decoding: PlainHTTPAnswer.page(host: host, port: 7443), as: UTF8.self)
    #expect(text.contains("<a href=\"\(url)\">\(url)</a>"))
    #expect(!text.contains("<script"))
  }
}
