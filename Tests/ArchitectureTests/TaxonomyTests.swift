import Testing

/// The list of failures is closed: each has its card, and there is no card for anything else.
struct TaxonomyTests {
  private let folder = "lessons/explanations"

  /// Raw values as the source has them: `case tlsToPlainPort = "tls-to-plain-port"`, or `case expired`.
  private let codes = Repository.lines("Sources/LabFacts/FailureCode.swift").compactMap { line -> String? in
    guard let match = line.firstMatch(of: /^\s*case (\w+)(?: = "([a-z0-9-]+)")?\s*$/) else { return nil }
    return String(match.2 ?? match.1)
  }

  @Test func `every failure code has a card, and every card a code`() {
    let cards = Repository.files(under: folder, endingIn: [".yaml"])
      .map { String($0.dropFirst(folder.count + 1).dropLast(".yaml".count)) }
    #expect(Set(codes).count > 70)
    #expect(Set(codes).subtracting(cards) == [])
    #expect(Set(cards).subtracting(codes) == [])
  }

  @Test func `a card says the code its file is named for`() {
    for code in codes {
      #expect(Repository.lines("\(folder)/\(code).yaml").contains("code: \(code)"), "\(code)")
    }
  }
}
