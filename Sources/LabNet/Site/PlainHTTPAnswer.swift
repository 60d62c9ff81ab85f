/// What a TLS port says to somebody who speaks HTTP without TLS.
package enum PlainHTTPAnswer {
  /// The whole HTTP/1.1 response, ready for the wire; the connection ends after it.
  ///
  /// `host` is the Host header as it came, `port` our own.
  package static func page(host: String?, port: Int) -> [UInt8] {
    let named = host.flatMap { Authority(header: $0, port: port) }
    let body = notice(named ?? Authority(host: "localhost", port: port)).html.bytes
    let head = [
      "HTTP/1.1 400 Bad Request",
      "Content-Type: text/html; charset=utf-8",
      "Content-Length: \(body.count)",
      "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff",
      "Content-Security-Policy: \(SiteResponse.policy)",
      "Connection: close",
    ]
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  private static func notice(_ authority: Authority) -> NoticePage {
    let url = "https://\(authority.description)/"
    return NoticePage(
      title: "This port speaks TLS",
      lead: "Your request came as <code>http://</code>, in clear text. This port waits for a TLS handshake.",
      more: [
        "Use <a href=\"\(url)\">\(url)</a> instead. The one letter <em>s</em> is the difference.",
        """
        What happened: TCP connected, and then your program sent <code>GET …</code> where the server \
        expected a ClientHello, which starts with the byte <code>16</code>. A <code>G</code> is \
        <code>47</code>, so TLS could not begin. This page was sent back without TLS, too.
        """,
        """
        Many servers close the connection at this point without a word, and a browser then says \
        <em>connection reset</em>. Everything in this exchange could be read on the way.
        """,
        SiteLesson.plainToTLS.pointer,
      ])
  }
}
