/// Everything needed to start a relay: a server that passes what it hears on to another.
package struct RelayOrder: Equatable, Sendable, Codable {
  /// Where it listens, and with which TLS. The server kind of this order counts for nothing.
  package var listen: ListenOrder
  package var route: Route
  /// What happens to the bytes on their way, in this order.
  package var hooks: [ByteHook]
  /// Stop listening after so many connections, and end when they are over.
  package var maxConnections: Int?
  /// Tell a client in its own language why its backend can't be reached. Off where nothing but the backend's
  /// bytes may reach it.
  package var apologises: Bool
  /// Hand on a mail server's greeting as it came, and not without what it told before TLS of what it can do. For
  /// a person, who sees what came; a mail client would go by it.
  package var showsWholeGreeting: Bool

  package init(
    listen: ListenOrder, route: Route, hooks: [ByteHook] = [], maxConnections: Int? = nil,
    apologises: Bool = true, showsWholeGreeting: Bool = false
  ) {
    self.listen = listen
    self.route = route
    self.hooks = hooks
    self.maxConnections = maxConnections
    self.apologises = apologises
    self.showsWholeGreeting = showsWholeGreeting
  }
}

/// How a relay decides where a client is taken.
package enum Route: Equatable, Sendable, Codable {
  case fixed(ConnectOrder)
  /// Several services behind one port.
  case dual(DualRoute)
  /// The client names its target by SOCKS 4, 4a or 5.
  case socks(ProxyPolicy)
  /// The client names its target by HTTP CONNECT.
  case connect(ProxyPolicy)
  /// By the user name of an IMAP login.
  case imap(ImapRoute)
  /// STARTTLS is offered to the client; the backend talks in clear.
  case starttls(MailProtocol, ConnectOrder)
  /// Nowhere: everything is read and thrown away.
  case discard
}

/// Which service a client means, told by what it does right after connecting.
package struct DualRoute: Equatable, Sendable, Codable {
  /// For a client that begins with a TLS record.
  package var tls: ConnectOrder?
  /// For a client that begins with an HTTP request.
  package var http: ConnectOrder?
  /// For a client that begins with `SSH-`.
  package var ssh: ConnectOrder?
  /// For any other client that speaks first.
  package var clientFirst: ConnectOrder?
  /// For a client that waits to be spoken to.
  package var serverFirst: ConnectOrder?
  /// How long a silent client is given to speak.
  package var timeoutMilliseconds: Int

  package init(
    tls: ConnectOrder? = nil, http: ConnectOrder? = nil, ssh: ConnectOrder? = nil,
    clientFirst: ConnectOrder? = nil, serverFirst: ConnectOrder? = nil, timeoutMilliseconds: Int = 1000
  ) {
    self.tls = tls
    self.http = http
    self.ssh = ssh
    self.clientFirst = clientFirst
    self.serverFirst = serverFirst
    self.timeoutMilliseconds = timeoutMilliseconds
  }
}

/// IMAP servers by user name.
package struct ImapRoute: Equatable, Sendable, Codable {
  package var users: [String: ConnectOrder]
  /// For every other user. Absent: they are refused.
  package var others: ConnectOrder?
  /// Offer STARTTLS: the listener's TLS options say with what. Off where the port is TLS from the start.
  package var offersStartTLS: Bool
  /// Take a login only under TLS (LOGINDISABLED until then, RFC 3501 section 6.2.3).
  package var requiresTLS: Bool

  package init(
    users: [String: ConnectOrder] = [:], others: ConnectOrder? = nil, offersStartTLS: Bool = true,
    requiresTLS: Bool = false
  ) {
    self.users = users
    self.others = others
    self.offersStartTLS = offersStartTLS
    self.requiresTLS = requiresTLS
  }
}

/// Something done to bytes on their way through a relay.
package struct ByteHook: Equatable, Sendable, Codable {
  package enum Way: String, Sendable, Codable, CaseIterable {
    /// From the client to the backend.
    case up
    /// From the backend to the client.
    case down
    case both
  }

  package enum Action: Equatable, Sendable, Codable {
    /// Shows them and changes nothing.
    case view
    case upperCase
    case rot13
    /// Each chunk waits so long; their order is kept.
    case delay(milliseconds: Int)
    /// Throws every nth chunk away; 1 is all of them.
    case drop(every: Int)
    /// Turns over the lowest bit of the byte at this offset of the stream, from 0.
    case flipBit(at: Int)
    /// Resets both sides after so many bytes of the stream.
    case cut(after: Int)
    /// Puts other bytes in place of these, wherever one chunk holds them.
    case replace(from: [UInt8], to: [UInt8])
  }

  package var way: Way
  package var action: Action

  package init(_ action: Action, way: Way = .both) {
    self.action = action
    self.way = way
  }
}
