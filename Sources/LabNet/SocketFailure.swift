import LabFacts
import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Errors of sockets as failures: by their numbers.
enum SocketFailure {
  /// What an error of NIO means for an end or a listener.
  static func make(_ error: any Error, phase: Phase, endpoint: Endpoint? = nil) -> Failure {
    if case .connectTimeout(let limit)? = error as? ChannelError {
      var failure = make(errno: ETIMEDOUT, phase: phase, endpoint: endpoint)
      var evidence = failure.evidence
      evidence.waitedMilliseconds = Int(limit.nanoseconds / 1_000_000)
      failure = Failure(
        layer: .socket, code: .timeout, phase: phase, decidedBy: .here, evidence: evidence,
        verbatim: failure.verbatim)
      return failure
    }
    if let error = error as? IOError { return make(errno: error.errnoCode, phase: phase, endpoint: endpoint) }
    if let error = error as? NIOConnectionError, let first = error.connectionErrors.first {
      return make(first.error, phase: phase, endpoint: endpoint)
    }
    var evidence = Evidence()
    evidence.endpoint = endpoint
    if error is SocketAddressError.UnknownHost {
      return Failure(
        layer: .names, code: .dnsNameUnknown, phase: phase, decidedBy: .here, evidence: evidence,
        verbatim: [Notation.escaped(String(describing: error))])
    }
    return Failure(
      layer: .socket, code: .socketOther, phase: phase, decidedBy: .here, evidence: evidence,
      verbatim: [Notation.escaped(String(describing: error))])
  }

  static func make(errno number: Int32, phase: Phase, endpoint: Endpoint?) -> Failure {
    var evidence = Evidence()
    evidence.errno = Int(number)
    evidence.endpoint = endpoint
    let code = code(for: number)
    return Failure(
      layer: .socket, code: code, phase: phase, decidedBy: decider(for: code), evidence: evidence,
      verbatim: ["errno \(number)  \(String(cString: strerror(number)))"])
  }

  private static func code(for number: Int32) -> FailureCode {
    switch number {
    case ECONNREFUSED: .refused
    case ETIMEDOUT: .timeout
    case EADDRINUSE: .addrInUse
    case EADDRNOTAVAIL: .addrNotAvail
    case EACCES: .portPrivilege
    case EPERM: .blockedLocally
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN: .unreachable
    case ECONNRESET: .resetByPeer
    case ECONNABORTED: .abortedLocally
    case EPIPE: .brokenPipe
    case EMFILE, ENFILE: .tooManyFiles
    case EINVAL, EAFNOSUPPORT: .badAddress
    default: .socketOther
    }
  }

  private static func decider(for code: FailureCode) -> Failure.Decider {
    code == .resetByPeer ? .peer : .kernel
  }
}

extension Endpoint {
  /// The endpoint of a NIO address.
  init?(_ address: SocketAddress?) {
    if case .unixDomainSocket? = address {
      self = .unix(address?.pathname ?? "")
      return
    }
    guard let address, let port = address.port, let host = address.ipAddress else { return nil }
    self.init(host, port)
  }
}
