import Foundation

/// Why a file could not be read or written, in words for people: without Foundation's domains and numbers, and
/// without names out of this program.
package enum FileTrouble {
  /// The system's own word, such as `Is a directory`.
  package static func reason(_ error: any Error) -> String {
    if let error = error as? DecodingError { return FileTrouble.words(error) }
    return number(error).map { String(cString: strerror($0)) } ?? error.localizedDescription
  }

  /// Foundation wraps what the kernel said.
  private static func number(_ error: any Error) -> Int32? {
    if let error = error as? POSIXError { return error.code.rawValue }
    let wrapped = error as NSError
    if wrapped.domain == NSPOSIXErrorDomain { return Int32(exactly: wrapped.code) }
    return (wrapped.userInfo[NSUnderlyingErrorKey] as? any Error).flatMap(number)
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      return "\(subject(context)) has no `\(key.stringValue)`"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(subject(context)) holds something else than it should"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it is not JSON" : "\(subject(context)) can't be true"
    @unknown default: return error.localizedDescription
    }
  }

  private static func subject(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "it" : "`\(path)`"
  }
}
