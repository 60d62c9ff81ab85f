package import LabFacts

/// One HTTP request as a site sees it. Texts are as they came: a site escapes what it shows.
package struct SiteRequest: Equatable, Sendable {
  package var method: String
  /// Origin form (`/whoami?x=1`) or absolute form (RFC 9112 section 3.2).
  package var target: String
  /// `HTTP/1.1`.
  package var version: String
  package var headers: [HTTPExchange.Header]

  package init(
    method: String, target: String, version: String = "HTTP/1.1", headers: [HTTPExchange.Header] = []
  ) {
    self.method = method
    self.target = target
    self.version = version
    self.headers = headers
  }

  /// Every value sent under that name, any case, in order.
  package func values(_ name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  /// The target without scheme, host, query and fragment.
  package var path: String {
    let local = Self.withoutAuthority(target)
    return String(local.prefix { $0 != "?" && $0 != "#" })
  }

  private static func withoutAuthority(_ target: String) -> Substring {
    for scheme in ["https://", "http://"] where target.lowercased().hasPrefix(scheme) {
      let rest = target.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" }
      return rest.hasPrefix("/") ? rest : "/" + rest
    }
    return target[...]
  }
}

/// What a site answers. `Content-Length` is among the headers and exact; `Date` and `Connection` are
/// left to whoever sends it.
package struct SiteResponse: Equatable, Sendable {
  package var status: Int
  package var reason: String
  package var headers: [HTTPExchange.Header]
  /// Empty for HEAD, whatever `Content-Length` says.
  package var body: [UInt8]

  package init(status: Int, reason: String, headers: [HTTPExchange.Header], body: [UInt8]) {
    self.status = status
    self.reason = reason
    self.headers = headers
    self.body = body
  }

  /// A response of that content, with the headers that go with every answer.
  init(
    _ status: Int, _ reason: String, type: String, body: [UInt8], extra: [HTTPExchange.Header] = []
  ) {
    let common = [
      HTTPExchange.Header("Content-Type", type),
      HTTPExchange.Header("Content-Length", String(body.count)),
      // A page about this connection must not come from a cache.
      HTTPExchange.Header("Cache-Control", "no-store"),
      HTTPExchange.Header("X-Content-Type-Options", "nosniff"),
      HTTPExchange.Header("Referrer-Policy", "no-referrer"),
    ]
    self.init(status: status, reason: reason, headers: common + extra, body: body)
  }

  init(_ status: Int, _ reason: String, page: HTML, extra: [HTTPExchange.Header] = []) {
    self.init(
      status, reason, type: "text/html; charset=utf-8", body: page.bytes,
      extra: [HTTPExchange.Header("Content-Security-Policy", Self.policy)] + extra)
  }

  /// Nothing is loaded from anywhere, and no script runs (W3C Content Security Policy).
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// The first response header of that name, any case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The same answer to HEAD: all headers, no body (RFC 9110 section 9.3.2).
  var withoutBody: SiteResponse {
    SiteResponse(status: status, reason: reason, headers: headers, body: [])
  }
}
