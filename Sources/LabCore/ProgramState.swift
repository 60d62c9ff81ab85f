package import LabFacts

/// What is known about the newest run of a program of the machine.
package struct ProgramState: Equatable, Sendable {
  package let order: ProgramOrder
  /// Runs so far, this one included.
  package let count: Int
  /// Absent while it runs.
  package var end: ProgramEnd?

  package init(order: ProgramOrder, count: Int) {
    self.order = order
    self.count = count
  }

  /// The browser's own name of what went wrong, such as `ERR_CERT_DATE_INVALID`: its error code, printed.
  package var netError: String? {
    guard order.kind == .chromium, let bytes = end?.errorOutput.kept else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let mark = text.firstRange(of: "net::ERR_") else { return nil }
    let rest = text[mark.lowerBound...].dropFirst("net::".count)
    return String(rest.prefix { $0 == "_" || ($0.isASCII && ($0.isUppercase || $0.isNumber)) })
  }

  func value(_ property: Property) -> Value? {
    if property == .running { return .bool(end == nil) }
    if property == .runCount { return .number(count) }
    if property == .commandLine { return .text(Notation.escaped(order.commandLine)) }
    guard let end else { return nil }
    if property == .netError { return Value(netError) }
    if property == .output { return .text(end.output.text) }
    if property == .errorOutput { return .text(end.errorOutput.text) }
    guard property == .exit, case .exit(let code) = end.manner else { return nil }
    return .number(code)
  }
}
