import LabFacts

extension DemoPage {
  /// What had to happen before this page could be sent, oldest first.
  var timeline: HTML {
    let items = steps.map { step in
      """
      <li class="\(step.sender.rawValue)"><b>\(step.title)</b> <span class="dir">\(step.sender.words)</span>
      <p>\(step.meaning)</p></li>

      """ as HTML
    }
    return section(
      "timeline", "What just happened",
      "<ol class=\"steps\">\n\(items)</ol>\n\(tally)\n\(SiteLesson.ladder.pointer)")
  }

  private enum Sender: String {
    case both, you, server

    var words: String {
      switch self {
      case .both: "you ⇄ server"
      case .you: "you → server"
      case .server: "server → you"
      }
    }
  }

  private struct Step {
    let title: String
    let sender: Sender
    let meaning: HTML

    init(_ title: String, _ sender: Sender, _ meaning: HTML) {
      self.title = title
      self.sender = sender
      self.meaning = meaning
    }
  }

  private var steps: [Step] {
    [Step("TCP connects", .both, "Three packets: SYN, SYN-ACK, ACK. The kernels do it; nobody is asked.")]
      + handshake + [request(number: visitor.requestNumber)]
  }

  private var handshake: [Step] {
    guard let agreed = visitor.negotiated else { return [] }
    return [clientHello] + (agreed.version >= 0x0304 ? modern(agreed) : classic(agreed))
  }

  private var clientHello: Step {
    let size: HTML = visitor.clientHello.map { " It was \($0.length) bytes long." } ?? .empty
    return Step("ClientHello", .you, "What your program can do, the name it wants, in clear text.\(size)")
  }

  private func modern(_ agreed: Negotiated) -> [Step] {
    let proof =
      agreed.resumed
      ? Step("Finished", .server, "Encrypted. No certificate: your ticket stands for the earlier one.")
      : Step(
        "Certificate, CertificateVerify, Finished", .server,
        "Already encrypted. The name, and the proof that the server has the key to it.")
    return [
      Step("ServerHello", .server, "Which version, suite and group it is. All that follows is encrypted."),
      proof,
      Step("Finished", .you, "Your program checked it all. TLS is up for both.\(took)"),
    ]
  }

  private func classic(_ agreed: Negotiated) -> [Step] {
    guard !agreed.resumed else {
      return [
        Step("ServerHello, Finished", .server, "The earlier session goes on. No certificate is needed."),
        Step("Finished", .you, "TLS is up for both.\(took)"),
      ]
    }
    return [
      Step("ServerHello, Certificate, ServerHelloDone", .server, "All of it in clear text in TLS 1.2."),
      Step("ClientKeyExchange, Finished", .you, "Your half of the secret; then the first encrypted bytes."),
      Step("Finished", .server, "TLS is up for both.\(took)"),
    ]
  }

  private var took: HTML {
    visitor.handshakeTime.map { " The handshake took <b>\($0)</b>." } ?? .empty
  }

  private func request(number: Int) -> Step {
    let line: HTML = "<code>\(request.method) \(request.target)</code>"
    let inside: HTML = visitor.negotiated == nil ? "In clear text." : "Inside TLS."
    let again: HTML =
      number > 1 ? " It is request \(number) on this connection: no new handshake was needed." : .empty
    return Step("HTTP request", .you, "\(line). \(inside)\(again)")
  }

  private var tally: HTML {
    """
    <p class="small">Bytes on the wire before this answer: \(visitor.bytesReceived) from you, \
    \(visitor.bytesSent) to you.</p>
    """
  }
}
