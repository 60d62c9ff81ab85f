import LabFacts

extension DemoPage {
  /// Small experiments with the real port, then the lessons.
  var next: HTML {
    section(
      "next", "Try this next", wide: true,
      """
      <ol class="tries">
      \(tries)</ol>
      <h3>Lessons that start here</h3>
      <p>Lessons live in the terminal. Start <code>netlab</code> and pick one from the catalog, or type the \
      command.</p>
      <ul class="lessons">
      \(SiteLesson.allCases.map { "<li><code>netlab run \($0.id)</code> \($0.about)</li>\n" as HTML })</ul>
      """)
  }

  private var tries: [HTML] {
    let url = "https://\(authority.description)/whoami"
    // Some shells take brackets for a pattern of file names.
    let whoami = authority.host.hasPrefix("[") ? "'\(url)'" : url
    let plain = "http://\(authority.description)/"
    let trusting = "curl --cacert netlab-ca.crt \\\n  "
    return [
      Self.item(
        "Reload this page",
        """
        Is your port still \(visitor.peer.port)? Then the connection was kept, and the request number went \
        up. In a private window it is a new connection: another port, another handshake.
        """),
      Self.item(
        "Leave out one letter",
        "<a href=\"\(plain)\">\(plain)</a> is the same port without TLS. What answers?"
      ),
      Self.item(
        "Ask without a browser",
        """
        curl does not know the lab's authority either. With the file <code>netlab-ca.crt</code> \
        \(whereTheFileIs) it does:
        """,
        command: "curl \(whoami)\n\(trusting)\(whoami)"),
      Self.item(
        "Ask for JSON", "The same address, another Accept header:",
        command: "\(trusting)-H 'Accept: application/json' \\\n  \(whoami)"),
      Self.item(
        "Go back to TLS 1.2", "Which suite is taken now, and what has changed in its name?",
        command: "\(trusting)--tls-max 1.2 \\\n  \(whoami)"),
      Self.item(
        "Ask the kernel", "Find your own port \(visitor.peer.port) in its table:",
        command: "ss -tn '( sport = :\(visitor.local.port) or dport = :\(visitor.local.port) )'"),
    ]
  }

  private var whereTheFileIs: HTML {
    offersCA ? "from above" : "(<code>netlab demo --trust</code> says where it is)"
  }

  private static func item(_ title: String, _ text: HTML, command: String? = nil) -> HTML {
    let code: HTML =
      command.map { "\n<pre tabindex=\"0\"><code>\(lines($0))</code></pre>" } ?? .empty
    return "<li><h3>\(title)</h3><p>\(text)</p>\(code)</li>\n"
  }

  /// Escaping would turn a line break into `\n`.
  private static func lines(_ text: String) -> [HTML] {
    text.split(separator: "\n").map { "\(String($0))\n" as HTML }
  }
}
