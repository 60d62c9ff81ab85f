/// One request and its answer at an HTTP server. Every text is safe to print.
package struct HTTPExchange: Hashable, Sendable, Codable {
  package let method: String
  package let target: String
  /// `HTTP/1.1`.
  package let version: String
  package let headers: [Header]
  /// The status we answered with.
  package let status: Int
  package let responseHeaders: [Header]
  /// Bytes of the body we sent (0 for HEAD).
  package let bodyLength: Int

  package struct Header: Hashable, Sendable, Codable {
    package let name: String
    package let value: String
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    method: String, target: String, version: String, headers: [Header], status: Int,
    responseHeaders: [Header],
    bodyLength: Int
  ) {
    self.method = method
    self.target = target
    self.version = version
    self.headers = headers
    self.status = status
    self.responseHeaders = responseHeaders
    self.bodyLength = bodyLength
  }

  /// The first request header of that name, any case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
