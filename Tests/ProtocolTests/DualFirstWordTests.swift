import LabProtocols
import Testing

struct DualFirstWordTests {
  @Test(
    arguments: [
      ([], .none), ([0x16], .perhaps(.tls)), ([0x16, 0x03], .certain(.tls)),
      ([0x16, 0x03, 0x01, 0x00], .certain(.tls)), ([0x16, 0x02], .certain(.other)),
      ([0x80], .certain(.other)),
      ([0], .certain(.other)), ([5, 1, 0], .certain(.other)),
    ] as [([UInt8], FirstWord)])
  func `a record of TLS is recognised`(bytes: [UInt8], first: FirstWord) {
    #expect(FirstWord(bytes) == first)
  }

  @Test(
    arguments: [
      ("G", .perhaps(.http)), ("GE", .perhaps(.http)), ("GET", .perhaps(.http)), ("GET ", .certain(.http)),
      ("GETX", .certain(.other)), ("P", .perhaps(.http)), ("PATCH", .perhaps(.http)),
      ("PRI ", .certain(.http)),
      ("CONNECT", .perhaps(.http)), ("CONNECT a", .certain(.http)), ("S", .perhaps(.ssh)),
      ("SSH", .perhaps(.ssh)), ("SSH-", .certain(.ssh)), ("SSH-2.0-x", .certain(.ssh)),
      ("SSL", .certain(.other)),
      ("get ", .certain(.other)), ("EHLO x", .certain(.other)), ("\r\n", .certain(.other)),
    ] as [(String, FirstWord)])
  func `a word is known when it is whole`(text: String, first: FirstWord) {
    #expect(FirstWord(text.utf8) == first)
  }
}
