import LabFacts

extension DemoPage {
  /// The request, line by line, before anybody read meaning into it.
  var asReceived: HTML {
    section(
      "request", "Your request, as it came",
      """
      <p>TLS ends here, and HTTP begins. This is what your program sent inside it:</p>
      <pre tabindex="0" aria-label="Request line and headers"><b>\(request.method) \(request.target) \
      \(request.version)</b>
      \(lines)</pre>
      <p class="small">\(hostNote)</p>
      \(SiteLesson.smallestServer.pointer)
      """)
  }

  private var lines: [HTML] {
    guard !request.headers.isEmpty else { return ["(no headers)"] }
    return request.headers.map { "<i>\($0.name):</i> \($0.value)\n" as HTML }
  }

  private var hostNote: HTML {
    guard let host = request.values("host").first else {
      return "Your program sent no Host header. HTTP/1.1 asks for one."
    }
    return """
      The Host header, <code>\(host)</code>, names the server once more. SNI was for choosing the \
      certificate; Host is for choosing the site.
      """
  }
}
