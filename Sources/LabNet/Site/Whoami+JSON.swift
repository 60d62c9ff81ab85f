import LabFacts

extension Whoami {
  var json: JSON {
    .object([
      ("you", Self.endpoint(visitor.peer)),
      ("netlab", Self.endpoint(visitor.local)),
      ("portFromKernelRange", visitor.portIsEphemeral.map { .bool($0) } ?? .null),
      ("kernelRange", .optional(visitor.ephemeralRange?.description)),
      ("requestOnConnection", .number(visitor.requestNumber)),
      ("bytesFromYou", .number(visitor.bytesReceived)),
      ("bytesToYou", .number(visitor.bytesSent)),
      ("handshakeMicroseconds", visitor.handshakeMicroseconds.map { .number($0) } ?? .null),
      ("tls", visitor.negotiated.map(agreed) ?? .null),
      ("clientHello", visitor.clientHello == nil ? .null : offer),
      ("clientCertificate", visitorJSON),
      ("certificate", visitor.certificate.map(Self.certificate) ?? .null),
      ("authority", visitor.authority.map(Self.certificate) ?? .null),
      ("request", asked),
    ])
  }

  private static func endpoint(_ endpoint: Endpoint) -> JSON {
    .object([("address", .string(endpoint.host)), ("port", .number(endpoint.port))])
  }

  private func agreed(_ agreed: Negotiated) -> JSON {
    .object([
      ("version", .string(agreed.versionName)),
      ("suite", .string(agreed.suite)),
      ("bits", .number(agreed.bits)),
      ("group", .optional(agreed.group)),
      ("resumed", .bool(agreed.resumed)),
      ("serverName", .optional(visitor.serverName)),
      ("alpn", .optional(agreed.alpn)),
    ])
  }

  private var offer: JSON {
    .object(DemoPage.offeredFields.map { ($0.name.rawValue, .strings(visitor.offered($0.name))) })
  }

  private static func certificate(_ summary: CertificateSummary) -> JSON {
    .object([
      ("subject", .string(summary.subject)),
      ("issuer", .string(summary.issuer)),
      ("names", .strings(summary.names)),
      ("notBefore", .string(summary.notBefore)),
      ("notAfter", .string(summary.notAfter)),
      ("key", .string(summary.key)),
      ("serial", .string(summary.serial)),
      ("sha256", .string(summary.fingerprint)),
    ])
  }

  private var asked: JSON {
    .object([
      ("method", .string(request.method)),
      ("target", .string(request.target)),
      ("version", .string(request.version)),
      (
        "headers",
        .array(request.headers.map { .object([("name", .string($0.name)), ("value", .string($0.value))]) })
      ),
    ])
  }
}
