import LabFacts

extension DemoPage {
  /// The four numbers that make this connection this one, and who chose each.
  var numbers: HTML {
    section(
      "numbers", "Four numbers, one connection", wide: true,
      """
      <div class="wire">
      <div class="end">
      <h3>You</h3>
      <p class="address">\(visitor.peer.host)</p>
      <p class="port"><span class="sr">port </span>\(visitor.peer.port)</p>
      <p class="chose">\(whoChoseTheirs)</p>
      </div>
      <div class="pipe" aria-hidden="true">
      <span>\(visitor.negotiated?.versionName ?? "clear text")</span></div>
      <div class="end">
      <h3>netlab</h3>
      <p class="address">\(visitor.local.host)</p>
      <p class="port"><span class="sr">port </span>\(visitor.local.port)</p>
      <p class="chose">this server asked for it; it stays the same</p>
      </div>
      </div>
      <p>\(why)</p>
      <p class="small">The kernel tells connections apart by all four numbers together. That is how many \
      visitors share port \(visitor.local.port) at the same time.\(doorNote)</p>
      \(SiteLesson.portHopping.pointer)
      """)
  }

  private var whoChoseTheirs: String {
    switch visitor.portIsEphemeral {
    case true?: "the kernel lent it, for this connection only"
    case false?: "not from the kernel's range here"
    case nil: "we do not know who chose it"
    }
  }

  private var why: HTML {
    let port = visitor.peer.port
    guard let range = visitor.ephemeralRange, let ephemeral = visitor.portIsEphemeral else {
      return """
        Your program most likely did not choose port \(port): a client usually takes what its kernel \
        lends. The range this kernel lends from could not be read.
        """
    }
    guard ephemeral else {
      return """
        Port \(port) lies outside this kernel's range for clients, <b>\(range.description)</b>. \
        So a program asked for it by number, or another machine's kernel chose it.
        """
    }
    return """
      Your program asked only for a way to port \(visitor.local.port). It did not care about its own port, \
      so the kernel picked a free one between <b>\(range.first) and \(range.last)</b>: \(port). \
      Open a new connection, and you will most likely see another number.
      """
  }

  /// Behind a tunnel the address bar shows another port than ours.
  private var doorNote: HTML {
    guard authority.port != visitor.local.port else { return .empty }
    return """
       Your request names port \(authority.port), we listen on \(visitor.local.port): something forwards \
      you, and the port on the left is the forwarder's.
      """
  }
}
