import LabFacts
import LabProtocols
import Testing

struct HookChainTests {
  private static let text = Array("Hello 0".utf8)

  @Test(arguments: [
    (ByteHook.Action.view, "Hello 0"), (.upperCase, "HELLO 0"), (.rot13, "Uryyb 0"),
    (.flipBit(at: 0), "Iello 0"), (.flipBit(at: 99), "Hello 0"), (.drop(every: 2), "Hello 0"),
    (.drop(every: 1), ""), (.cut(after: 4), "Hell"), (.delay(milliseconds: 5), "Hello 0"),
  ])
  func `a hook makes one chunk of another`(action: ByteHook.Action, expected: String) {
    var chain = HookChain([ByteHook(action)])
    let outcome = chain.pass(HookChainTests.text, .up)
    #expect(outcome.bytes == Array(expected.utf8))
    #expect(
      outcome.seen == [.init(hook: ByteHook(action), before: HookChainTests.text, after: outcome.bytes)])
  }

  @Test func `a hook of one way leaves the other alone`() {
    var chain = HookChain([ByteHook(.upperCase, way: .down)])
    #expect(chain.pass(HookChainTests.text, .up).bytes == HookChainTests.text)
    #expect(chain.pass(HookChainTests.text, .down).bytes == Array("HELLO 0".utf8))
  }

  @Test(arguments: 1...7)
  func `an offset counts in the stream, wherever it is cut`(size: Int) {
    var chain = HookChain([ByteHook(.flipBit(at: 4))])
    var out: [UInt8] = []
    for start in stride(from: 0, to: 7, by: size) {
      out += chain.pass(Array(HookChainTests.text[start..<min(7, start + size)]), .up).bytes
    }
    #expect(out == Array("Helln 0".utf8))
  }

  @Test func `each way has its own offsets`() {
    var chain = HookChain([ByteHook(.cut(after: 3))])
    #expect(!chain.pass(Array("ab".utf8), .up).cuts)
    #expect(!chain.pass(Array("cd".utf8), .down).cuts)
    let last = chain.pass(Array("ef".utf8), .up)
    #expect(last.cuts)
    #expect(last.bytes == Array("e".utf8))
  }

  @Test func `hooks changed on the way go on at the same offset`() {
    var chain = HookChain([])
    _ = chain.pass(Array("Hel".utf8), .up)
    chain.hooks = [ByteHook(.flipBit(at: 3))]
    #expect(chain.pass(Array("lo".utf8), .up).bytes == Array("mo".utf8))
  }

  private static func replaced(_ from: String, by to: String, in chunks: [String]) -> String {
    var chain = HookChain([ByteHook(.replace(from: Array(from.utf8), to: Array(to.utf8)))])
    let out = chunks.flatMap { chain.pass(Array($0.utf8), .down).bytes }
    return out.map { String(UnicodeScalar($0)) }.joined()
  }

  @Test func `bytes are replaced wherever a chunk holds them, from the left`() {
    #expect(
      Self.replaced("STARTTLS", by: "XXXXXXXX", in: ["* CAPABILITY STARTTLS"]) == "* CAPABILITY XXXXXXXX")
    #expect(Self.replaced("aa", by: "b", in: ["aaaaa"]) == "bba")
    #expect(Self.replaced(" STARTTLS", by: "", in: ["A STARTTLS B STARTTLS"]) == "A B")
    #expect(Self.replaced("", by: "b", in: ["aaa"]) == "aaa")
    #expect(Self.replaced("abc", by: "x", in: ["abc"]) == "x")
  }

  @Test func `bytes that two chunks share are not found`() {
    #expect(Self.replaced("STARTTLS", by: "X", in: ["START", "TLS"]) == "STARTTLS")
  }

  @Test func `every second chunk is thrown away, and delays add up`() {
    var chain = HookChain([ByteHook(.drop(every: 2))])
    #expect((1...4).map { _ in chain.pass([0x30], .up).bytes.count } == [1, 0, 1, 0])
    chain.hooks = [ByteHook(.delay(milliseconds: 20)), ByteHook(.delay(milliseconds: 30))]
    #expect(chain.pass([0x30], .up).delayMilliseconds == 50)
  }
}
