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
          site: Site(named: order.site, authorityPEM: host.authorityPEM), host: host, reporter: end.reporter,
          asksForCertificate: (order.tls?.clientCertificate ?? .off) != .off))
    case .imap, .smtp, .pop3:
      guard let dialogue = MailDialogues.server(order, hasTLS: tls != nil) else { return }
      try pipeline.addHandler(DialogueHandler(dialogue, end: end, tls: tls))
    }
  }
}
