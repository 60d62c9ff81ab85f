import LabFacts

/// The part of a mail server that knows its protocol's commands.
protocol MailTalk: Sendable {
  var house: MailHouse { get set }
  /// What is said when the connection is up.
  var greeting: [MailStep] { get }
  /// Forgets what the client told: TLS has begun (RFC 3207 section 4.2).
  mutating func begin()
  /// Obeys the next command. Nil where none is there to its end.
  mutating func next(_ reader: inout LineReader) -> [MailStep]?
}

/// One thing that a mail server does about a command.
enum MailStep: Equatable, Sendable {
  /// What the client said, for people.
  case heard(String)
  /// One line.
  case say(String)
  /// The go-ahead was said; TLS comes next.
  case upgrade
  case bye

  /// Nothing is obeyed after it.
  var isLast: Bool { self == .upgrade || self == .bye }
}

/// What every mail server of the lab knows of itself.
struct MailHouse: Equatable, Sendable {
  let host: String
  let hasTLS: Bool
  var isTLS: Bool
  let requiresTLS: Bool
  let credentials: Credentials?

  var offersTLS: Bool { hasTLS && !isTLS }
  /// A login in clear is not taken.
  var insistsOnTLS: Bool { requiresTLS && !isTLS }

  func letsIn(_ visitor: Credentials?) -> Bool {
    guard let visitor else { return false }
    return credentials == nil || credentials == visitor
  }
}

/// A login in several lines, of SMTP and IMAP alike: the server asks, the client answers in base64.
enum SASLExchange: Equatable, Sendable {
  case plain
  case loginUser
  case loginPassword(user: String)

  /// How an answer moves the exchange on.
  enum Outcome: Equatable {
    /// Ask again, for what comes next.
    case ask(SASLExchange)
    case visitor(Credentials?)
    /// The client gave up.
    case cancelled
  }

  /// The question, in base64; `VXNlcm5hbWU6` is "Username:", `UGFzc3dvcmQ6` is "Password:".
  var question: String {
    switch self {
    case .plain: ""
    case .loginUser: "VXNlcm5hbWU6"
    case .loginPassword: "UGFzc3dvcmQ6"
    }
  }

  func hear(_ line: [UInt8]) -> Outcome {
    guard line != [UInt8(ascii: "*")] else { return .cancelled }
    switch self {
    case .plain: return .visitor(SASLPlain.credentials(line))
    case .loginUser:
      guard let user = SASLPlain.decoded(line).flatMap(SASLPlain.text) else { return .visitor(nil) }
      return .ask(.loginPassword(user: user))
    case .loginPassword(let user):
      let password = SASLPlain.decoded(line).flatMap(SASLPlain.text)
      return .visitor(password.map { Credentials(user: user, password: $0) })
    }
  }
}
