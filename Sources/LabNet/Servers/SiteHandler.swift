package import LabFacts
import NIOCore
import NIOHTTP1

/// What *http* servers know about the lab they stand in.
package struct SiteHost: Sendable {
  /// The CA certificate offered for download, PEM.
  package var authorityPEM: [UInt8]
  package var authority: CertificateSummary?
  /// The certificate *http* servers show.
  package var certificate: CertificateSummary?
  package var portRange: PortRange?

  package init(
    authorityPEM: [UInt8] = [], authority: CertificateSummary? = nil, certificate: CertificateSummary? = nil,
    portRange: PortRange? = EphemeralRange.read()
  ) {
    self.authorityPEM = authorityPEM
    self.authority = authority
    self.certificate = certificate
    self.portRange = portRange
  }
}

/// Serves a site over HTTP/1.1: gathers a request, asks the site, reports the exchange.
final class SiteHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let site: Site
  private let host: SiteHost
  private let reporter: EndReporter
  private let asksForCertificate: Bool
  private var head: HTTPRequestHead?
  private var requestCount = 0

  init(site: Site, host: SiteHost, reporter: EndReporter, asksForCertificate: Bool) {
    self.site = site
    self.host = host
    self.reporter = reporter
    self.asksForCertificate = asksForCertificate
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    // None of the pages takes a body; what comes is read, so that the next request can follow.
    case .body: break
    case .end:
      if let head { answer(head, context) }
      head = nil
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError else { return context.fireErrorCaught(error) }
    var evidence = Evidence()
    evidence.endpoint = Endpoint(context.remoteAddress)
    reporter.fail(
      Failure(
        layer: .http, code: .httpMalformed, phase: .established, decidedBy: .here, evidence: evidence,
        verbatim: [Notation.escaped(String(describing: error))]))
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    requestCount += 1
    let version = "HTTP/\(head.version.major).\(head.version.minor)"
    let headers = head.headers.map { HTTPExchange.Header($0.name, $0.value) }
    let response = site.respond(
      to: SiteRequest(method: head.method.rawValue, target: head.uri, version: version, headers: headers),
      visitor: visitor(context))
    let isHead = head.method == .HEAD
    var fields = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
    if !head.isKeepAlive { fields.replaceOrAdd(name: "Connection", value: "close") }
    let status = HTTPResponseStatus(statusCode: response.status, reasonPhrase: response.reason)
    context.write(
      wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: status, headers: fields))),
      promise: nil)
    if !isHead {
      context.write(
        wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: response.body)))),
        promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    reporter.report(
      .http(
        reporter.id,
        HTTPExchange(
          method: Notation.escaped(head.method.rawValue), target: Notation.escaped(head.uri),
          version: version,
          headers: escaped(headers), status: response.status,
          responseHeaders: escaped(fields.map { HTTPExchange.Header($0.name, $0.value) }),
          bodyLength: isHead ? 0 : response.body.count)))
    if !head.isKeepAlive {
      context.channel.triggerUserOutboundEvent(CloseOrder(manner: .clean), promise: nil)
    }
  }

  private func visitor(_ context: ChannelHandlerContext) -> VisitorCard {
    let handshake = reporter.handshakeTime.map { Int($0.nanoseconds / 1000) }
    var visitor = VisitorCard(
      peer: Endpoint(context.remoteAddress) ?? Endpoint("?", 0),
      local: Endpoint(context.localAddress) ?? Endpoint("?", 0), ephemeralRange: host.portRange,
      negotiated: reporter.negotiated, clientHello: reporter.clientHello, certificate: host.certificate,
      authority: host.authority, requestNumber: requestCount, handshakeMicroseconds: handshake,
      bytesReceived: reporter.traffic.wireReceived, bytesSent: reporter.traffic.wireSent)
    visitor.wasAskedForCertificate = asksForCertificate && reporter.negotiated != nil
    visitor.verification = reporter.verification
    visitor.time = SiteClock.now()
    return visitor
  }

  private func escaped(_ headers: [HTTPExchange.Header]) -> [HTTPExchange.Header] {
    headers.map { HTTPExchange.Header(Notation.escaped($0.name), Notation.escaped($0.value)) }
  }
}
