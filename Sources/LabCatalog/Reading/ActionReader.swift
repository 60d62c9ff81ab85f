import LabCore
import LabFacts

/// Reads what a lesson tells the lab to do.
enum ActionReader {
  private static let verbs = [
    "start", "stop", "send", "request", "close", "pause", "accept", "hold", "open", "release", "walk",
    "wait_for", "set", "start_tls", "stop_tls", "hooks", "run", "visit", "read", "fault", "decrypt", "carry",
  ]
  /// Keys beside the verb, each with the verb it belongs to.
  private static let options = ["wait": "start", "allow_error": "start", "seconds": "wait_for"]

  static func actions(_ reader: NodeReader) -> [Action] { (reader.list() ?? []).compactMap(action) }

  private static func action(_ reader: NodeReader) -> Action? {
    guard let map = reader.map("an action", keys: verbs + options.keys.sorted()),
      let verb = map.exactlyOne(of: verbs), let body = map[verb]
    else { return nil }
    for option in map.present where options[option] != nil && options[option] != verb {
      map[option]?.problem("L01", "`\(option)` belongs to `\(options[option] ?? "")`, not to `\(verb)`.")
    }
    return read(verb, body, map).map { Action($0, place: reader.place) }
  }

  private static func read(_ verb: String, _ body: NodeReader, _ map: MapReader) -> Action.Verb? {
    switch verb {
    case "start":
      .start(actors(body), wait: map["wait"]?.flag() ?? true, allowError: map["allow_error"]?.flag() ?? false)
    case "stop": .stop(actors(body))
    case "send": send(body)
    case "request": request(body)
    case "close": close(body)
    case "pause": .pause(actors(body))
    case "accept": .accept(actors(body))
    case "hold": .hold(body.items().compactMap(subject))
    case "open": .open(body.items().compactMap(subject))
    case "release": release(body)
    case "walk": walk(body)
    case "wait_for":
      ConditionReader.condition(body).map {
        .waitFor($0, milliseconds: (map["seconds"]?.int(1...60) ?? 2) * 1000)
      }
    case "start_tls": startTLS(body)
    case "stop_tls": subject(body).map { .stopTLS($0) }
    case "hooks": hooks(body)
    case "read": read(body)
    case "fault": fault(body)
    case "decrypt": decrypt(body)
    case "carry": carry(body)
    case "run": run(body)
    case "visit": visit(body)
    default: set(body)
    }
  }

  private static func startTLS(_ reader: NodeReader) -> Action.Verb? {
    let keys = ["at", "as", "place"] + ActorReader.clientKeys + ["client_certificate"]
    guard let map = reader.map("start_tls", keys: keys), let at = map.required("at").flatMap(subject),
      let side: Side = map.required("as")?.word()
    else { return nil }
    let place: TLSPlace? = map["place"] == nil ? .inside : map["place"]?.word()
    return place.map { .startTLS(at, side, ActorReader.settings(map), $0) }
  }

  private static func read(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("read", keys: ["at", "bytes", "all"]),
      let at = map.required("at").flatMap(subject),
      let kind = map.exactlyOne(of: ["bytes", "all"])
    else { return nil }
    guard kind == "bytes" else { return map["all"]?.flag() == true ? .read(at, maximum: nil) : nil }
    return map["bytes"]?.int(1...1_000_000).map { .read(at, maximum: $0) }
  }

  private static func fault(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("fault", keys: ["at", "do"]), let at = map.required("at").flatMap(subject),
      let list = map.required("do")
    else { return nil }
    return .fault(at, FaultReader.faults(list))
  }

  private static func carry(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("carry", keys: ["from"]), let from = map.required("from").flatMap(subject)
    else { return nil }
    return .carry(from)
  }

  private static func decrypt(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("decrypt", keys: ["of", "with_key_of"]),
      let subject = map.required("of").flatMap(subject), let identity = map.required("with_key_of")?.text()
    else { return nil }
    return .decrypt(subject, withKeyOf: identity)
  }

  private static func hooks(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("hooks", keys: ["relay", "do"]), let relay = map.required("relay")?.text()
    else {
      return nil
    }
    return .hooks(ActorID(relay), map["do"].map(RelayReader.hooks) ?? [])
  }

  private static func run(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("run", keys: ["actor", "args", "trust", "personal", "seconds"]),
      let actor = map.required("actor")?.text(), let arguments = map.required("args")?.texts()
    else { return nil }
    return .run(
      ActorID(actor),
      Action.ProgramRun(
        arguments: arguments, trust: map["trust"]?.texts() ?? [], personal: map["personal"]?.text(),
        seconds: seconds(map)))
  }

  /// A browser without a window, that prints the page it would have shown.
  private static func visit(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("visit", keys: ["actor", "url", "trust", "personal", "seconds"]),
      let actor = map.required("actor")?.text(), let url = map.required("url")?.text()
    else { return nil }
    return .run(
      ActorID(actor),
      Action.ProgramRun(
        arguments: ["--headless", "--dump-dom", url], trust: map["trust"]?.texts() ?? [],
        personal: map["personal"]?.text(), seconds: seconds(map)))
  }

  private static func seconds(_ map: MapReader) -> Int? {
    map["seconds"]?.int(1...ProgramOrder.longestMilliseconds / 1000)
  }

  static func subject(_ reader: NodeReader) -> Subject? {
    guard let text = reader.text() else { return nil }
    if let subject = Subject(text) { return subject }
    reader.problem(
      "L01", "`\(text)` names nobody.", help: "Write `srv`, `srv.conn(1)`, `srv.conn(last)` or `srv.conn(*)`."
    )
    return nil
  }

  private static func actors(_ reader: NodeReader) -> [ActorID] { reader.texts().map { ActorID($0) } }

  private static func send(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("send", keys: ["from", "text", "hex", "size"]) else { return nil }
    let from = map.required("from").flatMap(subject)
    guard let kind = map.exactlyOne(of: ["text", "hex", "size"]), let body = map[kind], let from else {
      return nil
    }
    if kind == "size" { return body.int(1...16_000_000).map { .send(from: from, .size($0)) } }
    guard let text = body.rawText() else { return nil }
    guard kind == "hex" else { return .send(from: from, .text(text)) }
    guard let bytes = bytes(hex: text) else {
      body.problem(
        "L01", "`\(text)` is not a row of bytes.", help: "Write pairs of hexadecimal digits: \"16 03 01\".")
      return nil
    }
    return .send(from: from, .bytes(bytes))
  }

  private static func bytes(hex: String) -> [UInt8]? {
    let digits = hex.filter { !$0.isWhitespace }
    guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var rest = digits[...]
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }

  private static func request(_ reader: NodeReader) -> Action.Verb? {
    let keys = ["from", "method", "path", "headers", "version"]
    guard let map = reader.map("request", keys: keys), let from = map.required("from").flatMap(subject) else {
      return nil
    }
    var request = Action.Request()
    request.method = map["method"]?.text() ?? request.method
    request.path = map["path"]?.text() ?? request.path
    request.version = map["version"]?.text() ?? request.version
    request.headers = (map["headers"].map(MapReader.entries) ?? []).compactMap { name, _, value in
      value.text().map { HTTPExchange.Header(name, $0) }
    }
    return .request(from: from, request)
  }

  private static func close(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("close", keys: ["of", "how"]) else { return nil }
    let how: CloseManner? = map["how"] == nil ? .clean : map["how"]?.word()
    guard let of = map.required("of").flatMap(subject), let how else { return nil }
    return .close(of, how)
  }

  private static func release(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("release", keys: ["of", "count"]) else { return nil }
    guard let of = map.required("of").flatMap(subject) else { return nil }
    return .release(of, count: map["count"]?.int(1...64) ?? 1)
  }

  private static func walk(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("walk", keys: ["until"]), let until = map.required("until") else { return nil }
    return .walk(until: ConditionReader.conditions(until))
  }

  private static func set(_ reader: NodeReader) -> Action.Verb? {
    guard let map = reader.map("set", keys: ["actor"] + ActorReader.settingKeys) else { return nil }
    let settings = ActorReader.settings(map)
    return map.required("actor")?.text().map { .set(ActorID($0), settings) }
  }
}
