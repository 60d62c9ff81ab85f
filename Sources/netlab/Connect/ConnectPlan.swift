import LabFacts
import LabRuntime
import LabViews

/// One connection as it was asked for.
struct ConnectPlan {
  var order: ConnectOrder
  /// How TLS is wanted; nothing in clear.
  let request: TLSRequest?
  /// Sentences about names and trust, for the ladder.
  let notes: [String]

  /// What the ladder can't know from facts.
  func setting(detail: Int) -> LadderText.Setting {
    var setting = LadderText.Setting()
    setting.detail = detail
    setting.notes = notes
    switch (order.via, order.starttls) {
    case (nil, let mail?): setting.dialogue = mail.rawValue
    case (_?, nil): setting.dialogue = "proxy"
    case (nil, nil), (_?, _?): break
    }
    if order.via != nil {
      setting.portNamedBy = "the proxy's, named with --via"
    } else if order.dialled != nil {
      setting.portNamedBy = "named with --connect-to"
    }
    return setting
  }
}

/// What a ladder says of names and trust before the first message.
enum ConnectNotes {
  static func lines(_ names: TargetSpec.Names, _ request: TLSRequest) -> [String] {
    [asked(names), expected(names, request), trusted(request)]
  }

  private static func asked(_ names: TargetSpec.Names) -> String {
    if let name = names.asked { return "asks for the name \(Notation.escaped(name)) (SNI)" }
    return "no SNI is sent because \(names.whyNotAsked ?? "there is no name")"
  }

  private static func expected(_ names: TargetSpec.Names, _ request: TLSRequest) -> String {
    guard request.options.verify else {
      return "--insecure: any certificate is accepted, anybody may be at the other end"
    }
    if let name = names.expected { return "the certificate must carry \(Notation.escaped(name))" }
    return
      "no name is checked because \(names.whyNotExpected ?? "none was given"): any trusted certificate is accepted"
  }

  private static func trusted(_ request: TLSRequest) -> String {
    let files = request.authorities.map { input in
      switch input {
      case .file(let path): Notation.escaped(path)
      case .memory(_, let name): name
      }
    }
    let known =
      request.options.trust.map { $0 == "lab-ca" ? "the lab's CA" : $0 } + files
      + (request.options.trustsSystem ? ["this machine's own store"] : [])
    return "trusts \(known.isEmpty ? "nobody" : known.joined(separator: ", "))"
  }
}
