/// The connectors of a relay: where clients come in, and where they are taken.
package enum ConnectorKind: String, Sendable, CaseIterable {
  case tcp
  case tls
  case unix
  case udp
  /// IN: the lab's own SOCKS proxy. OUT: through somebody's SOCKS proxy.
  case socks
  /// IN: the lab's own HTTP proxy. OUT: through somebody's HTTP proxy.
  case connect
  /// TLS to the target, inside the tunnel of an HTTP proxy.
  case connectTLS = "connect_tls"
  /// Several services behind one port.
  case dual
  /// A mail protocol in clear, upgraded.
  case starttls
  /// An IMAP port that takes each user to a server of their own.
  case imap
  /// The same with TLS from the start.
  case imaps
  /// This program's own input and output.
  case stdio
  /// Nowhere.
  case dummy

  /// Why nothing can come in by it; nothing where it can.
  var objectionAsIn: String? {
    switch self {
    case .tcp, .tls, .unix, .udp, .socks, .connect, .dual, .starttls, .imap, .imaps, .stdio: nil
    case .dummy: "dummy can't be IN: nothing ever connects to it. Put it second: IN dummy."
    case .connectTLS:
      "connect_tls can't be IN: it is a way out through a proxy. The lab's own HTTP proxy is connect:PORT."
    }
  }

  /// Why nothing can be taken there; nothing where it can.
  var objectionAsOut: String? {
    switch self {
    case .tcp, .tls, .unix, .udp, .socks, .connect, .connectTLS, .starttls, .dummy: nil
    case .dual: "dual can't be OUT: it goes by what a client does first, and only IN has clients."
    case .imap, .imaps:
      "\(rawValue) can't be OUT: it goes by a client's login, and only IN has clients. For an IMAP server "
        + "write tcp:HOST:PORT, tls:HOST:PORT or starttls:imap:HOST:PORT."
    case .stdio: "stdio can't be OUT: a relay reads it as its one client. Put it first: stdio OUT."
    }
  }

  /// Why no OUT follows it; nothing where one does.
  var objectionToOut: String? {
    switch self {
    case .tcp, .tls, .unix, .udp, .starttls, .stdio, .connectTLS, .dummy: nil
    case .socks, .connect: "\(rawValue) as IN takes no OUT: the client names the target."
    case .dual: "dual as IN takes no OUT: its options tls=, http=, ssh=, client= and server= name them."
    case .imap, .imaps: "\(rawValue) as IN takes no OUT: its options user.NAME= and others= name the servers."
    }
  }

  /// What follows the kind.
  var form: String {
    switch self {
    case .tcp, .tls, .udp: "\(rawValue):[HOST:]PORT"
    case .socks, .connect, .connectTLS: "\(rawValue):HOST:PORT,proxy=HOST:PORT"
    case .dual: "dual:[HOST:]PORT,tls=HOST:PORT,server=HOST:PORT"
    case .imap, .imaps: "\(rawValue):[HOST:]PORT,user.NAME=HOST:PORT"
    case .starttls: "starttls:imap:[HOST:]PORT"
    case .unix: "unix:/PATH"
    case .stdio, .dummy: rawValue
    }
  }
}
