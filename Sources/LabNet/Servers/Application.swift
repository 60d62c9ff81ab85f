import LabFacts
import LabProtocols
import LabTLS
import NIOCore
import NIOHTTP1

/// What a server does with what it reads: the handlers above TLS.
enum Application {
  static func add(
    _ order: ListenOrder, to channel: any Channel, _ end: LiveEnd, tls: TLSContext?, host: SiteHost
  ) throws {
    let pipeline = channel.pipeline.syncOperations
    if let banner = order.banner { try pipeline.addHandler(BannerHandler(banner: banner)) }
    switch order.kind {
    case .greet: try pipeline.addHandler(GreetHandler(reply: order.reply))
    case .echo: try pipeline.addHandler(EchoHandler())
    case .discard: break
    case .http:
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(
        SiteHandler(
          site: Site(named: order.site, authorityPEM: host.authorityPEM), host: host, reporter: end.reporter))
    case .imap: try pipeline.addHandler(mail(.imap, order, end, tls))
    case .smtp: try pipeline.addHandler(mail(.smtp, order, end, tls))
    case .pop3: try pipeline.addHandler(mail(.pop3, order, end, tls))
    }
  }

  /// On a plain transport TLS options mean that STARTTLS is offered.
  private static func mail(
    _ mail: MailProtocol, _ order: ListenOrder, _ end: LiveEnd, _ tls: TLSContext?
  ) -> DialogueHandler {
    let server = MailServer(
      mail, host: mailHost, offersTLS: order.transport == .plain && tls != nil,
      isTLS: order.transport == .tls, credentials: order.credentials)
    return DialogueHandler(server, end: end, tls: tls)
  }

  /// What a mail server of the lab calls itself.
  private static let mailHost = "netlab.test"
}
