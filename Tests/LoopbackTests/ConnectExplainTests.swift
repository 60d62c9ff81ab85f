import LabCatalog
import LabFacts
import LabRuntime
import Testing

/// What people have read in a log, and the card it leads to.
struct ConnectExplainTests {
  @Test(
    arguments: [
      (0x140770FC, OpenSSLCode.Generation.one, 20, 119, 252, 0x0A00010B),
      (0x1407609C, .one, 20, 118, 156, 0x0A00009C), (0x14094410, .one, 20, 148, 1040, 0x0A000410),
      (0x0A00010B, .three, 20, nil, 267, 0x0A00010B), (0x1400006B, .three, 40, nil, 107, 0x1400006B),
      (0x05800074, .three, 11, nil, 116, 0x05800074),
    ] as [(UInt32, OpenSSLCode.Generation, Int, Int?, Int, UInt32)])
  func `a code of OpenSSL is taken apart by its generation`(
    code: UInt32, generation: OpenSSLCode.Generation, library: Int, function: Int?, reason: Int,
    modern: UInt32
  ) {
    let read = OpenSSLCode(code)
    #expect(read.generation == generation)
    #expect(read.library == library)
    #expect(read.function == function)
    #expect(read.reason == reason)
    #expect(read.modern == modern)
  }

  @Test(arguments: [
    ("140770FC", FailureCode.tlsToPlainPort), ("1407609C", .plainToTlsPort), ("0a00010b", .tlsToPlainPort),
    ("14077410", .handshakeFailure), ("0A000418", .peerUnknownCa), ("8000006F", .refused),
    ("error:0A0000C1:SSL routines::no shared cipher", .noSharedCipher), ("1C800064", .keyPassphrase),
    ("0480006C", .badPem), ("x509:20", .unknownCa), ("x509:cert-has-expired", .expired),
    ("X509_V_ERR_CERT_REVOKED", .revoked), ("verify error:num=18:self-signed certificate", .selfSignedLeaf),
    ("alert:48", .peerUnknownCa), ("alert:certificate_required", .clientCertRequired),
    ("unrecognized_name", .missingSni), ("SSL alert number 70", .protocolVersion), ("errno:111", .refused),
    ("alert 48", .peerUnknownCa), ("curl: (7) Failed to connect to a port 1: Connection refused", .refused),
    ("curl: (60) SSL certificate problem: unable to get local issuer certificate", .unknownCa),
    ("certificate verify failed: certificate has expired (_ssl.c:1)", .expired),
    ("self signed certificate in certificate chain", .selfSignedInChain),
    ("Error: connect ECONNREFUSED 127.0.0.1:3000", .refused), ("ECONNRESET", .resetByPeer),
    ("connect failed: EADDRINUSE here", .addrInUse), ("double-tls", .doubleTls),
  ])
  func `a code, a name or a line has its card`(text: String, code: FailureCode) {
    #expect(ErrorReader.read(text, Catalog())?.failure.code == code)
  }

  @Test(arguments: ["nosuchthing", "", "99999999999", "alert:999", "x509:0", "errno:4711", "20"])
  func `what is about nothing known is not guessed`(text: String) {
    #expect(ErrorReader.read(text, Catalog()) == nil)
  }

  @Test(arguments: [("unknwon_ca", "unknown_ca"), ("ECONNREFUSD", "ECONNREFUSED"), ("20", "x509:20")])
  func `what is nearly known is named`(text: String, near: String) {
    #expect(ErrorReader.nearest(to: text, Catalog()).first == near)
  }
}
