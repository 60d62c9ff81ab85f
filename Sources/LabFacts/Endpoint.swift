/// An IP address (for a target also a name) and a port, as text and number; or the path of a Unix-domain
/// socket. The port is in host byte order.
package struct Endpoint: Hashable, Sendable, Codable, CustomStringConvertible {
  /// A numeric address without brackets (`127.0.0.1`, `::1`), a name, or a path with a slash in it.
  package let host: String
  /// 0 where the kernel has not chosen yet.
  package let port: Int

  package init(_ host: String, _ port: Int) {
    // An IPv4 client of a dual-stack socket is reported as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2);
    // `isMapped` keeps that fact, the address itself is compared without the prefix.
    self.host = host
    self.port = port
  }

  /// The endpoint of a Unix-domain socket. A client has no path: its own is `unix:`.
  package static func unix(_ path: String) -> Endpoint { Endpoint(path.isEmpty ? unnamed : path, 0) }
  private static let unnamed = "/"

  /// One side of a pair of pipes, where no socket is: the name of a server, or of a client's end.
  package static func pipe(_ name: String) -> Endpoint { Endpoint(pipeMark + name, 0) }
  private static let pipeMark = "pipe:/"

  /// Whose side of a pair of pipes it is.
  package var pipeName: String? {
    host.hasPrefix(Endpoint.pipeMark) ? String(host.dropFirst(Endpoint.pipeMark.count)) : nil
  }

  /// Has it no port?
  package var isUnix: Bool { host.contains("/") }
  package var isIPv6: Bool { !isUnix && host.contains(":") }

  /// The address without an IPv4-mapped prefix, for comparing two ends of one connection.
  package var unmapped: Endpoint {
    host.lowercased().hasPrefix("::ffff:") && host.contains(".")
      ? Endpoint(String(host.dropFirst("::ffff:".count)), port) : self
  }

  /// Does it stand for every address of the machine?
  package var isWildcard: Bool { host == "0.0.0.0" || host == "::" }

  /// Does a socket that listens here get the connections to `target`?
  package func takes(_ target: Endpoint) -> Bool {
    port == target.port && (isWildcard || unmapped.host == target.unmapped.host)
  }

  /// Where to connect to reach a socket that listens here: loopback for every address.
  package var reachable: Endpoint { isWildcard ? Endpoint(isIPv6 ? "::1" : "127.0.0.1", port) : self }

  /// `127.0.0.1:7777` or `[::1]:7777`.
  package var description: String {
    if let pipeName { return "pipe:\(pipeName)" }
    if isUnix { return host == Endpoint.unnamed ? "unix:" : "unix:\(host)" }
    return isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

/// Who decided which port number an end has.
package enum PortChooser: String, Sendable, Codable {
  /// The lesson file, or the person, named it.
  case configured
  /// The lesson preferred another number, which was taken; the kernel chose this one.
  case fallback
  /// The kernel, from its ephemeral range.
  case kernel
}
