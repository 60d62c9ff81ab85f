import LabFacts

extension DemoPage {
  /// What somebody on the way could read of this connection, and what not.
  var eavesdropper: HTML {
    section(
      "eavesdropper", "Somebody listens on the way. What do they know?", wide: true,
      """
      <div class="columns">
      <div class="seen"><h3>They saw</h3><ul>\(Self.items(seen))</ul></div>
      <div class="unseen"><h3>They did not see</h3><ul>\(Self.items(unseen))</ul></div>
      </div>
      \(SiteLesson.sameWords.pointer)
      """)
  }

  private static func items(_ texts: [HTML]) -> [HTML] { texts.map { "<li>\($0)</li>\n" as HTML } }

  private var seen: [HTML] {
    let ends: HTML = "both addresses and ports: \(visitor.peer.description) and \(visitor.local.description)"
    guard let agreed = visitor.negotiated else {
      return [ends, "your request with every header", "this whole page"]
    }
    return [ends] + clearNames(agreed) + [
      "when you were here, and how many bytes went each way"
    ]
  }

  private func clearNames(_ agreed: Negotiated) -> [HTML] {
    let name: [HTML] = visitor.serverName.map { ["the name you asked for: “\($0)”"] } ?? []
    let alpn = visitor.offered(.alpn)
    let protocols: [HTML] = alpn.isEmpty ? [] : ["the protocols you offered: \(alpn.joined(separator: ", "))"]
    let lists: [HTML] = ["the lists below; together they often tell which browser you use"]
    let shown: [HTML] =
      certificateWasClear(agreed) ? ["the server's certificate, since this is \(agreed.versionName)"] : []
    return name + protocols + lists + ["the version and the suite both sides took"] + shown
  }

  private var unseen: [HTML] {
    guard let agreed = visitor.negotiated else { return ["nothing is hidden without TLS"] }
    let hidden: [HTML] = [
      "which page you asked for: <code>\(request.target)</code>",
      "your \(request.headers.count) request headers; cookies would travel there, too",
      "the answer: this page, its status, its headers",
      "the keys that unlock all this",
    ]
    let certificate: [HTML] =
      agreed.version >= 0x0304 && !agreed.resumed
      ? ["the server's certificate: TLS 1.3 encrypts it"] : []
    return hidden + certificate
  }

  private func certificateWasClear(_ agreed: Negotiated) -> Bool {
    agreed.version < 0x0304 && !agreed.resumed
  }
}
