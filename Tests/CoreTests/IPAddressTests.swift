import LabFacts
import Testing

/// Addresses as text and as bytes.
struct IPAddressTests {
  @Test(arguments: [
    ("127.0.0.1", [127, 0, 0, 1]), ("255.255.255.255", [255, 255, 255, 255]),
    ("::", [UInt8](repeating: 0, count: 16)), ("::1", [UInt8](repeating: 0, count: 15) + [1]),
    ("2001:db8::1:0:0:1", [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]),
    ("::ffff:10.0.0.1", [UInt8](repeating: 0, count: 10) + [0xff, 0xff, 10, 0, 0, 1]),
    ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
  ])
  func `an address is read, and written as it was`(text: String, bytes: [UInt8]) {
    #expect(IPAddress(text)?.bytes == bytes)
    #expect(IPAddress(bytes)?.text == text)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.+4", "a.b.c.d", "localhost", ":", ":::",
    "1::2::3",
    "::12345", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "::1%lo", "[::1]", "::1.2.3.4:1",
    "1.2.3.4::1", "1.2.3.4::",
    "::+1",
    "127.0.0.1\u{0}",
  ])
  func `what is no address is none`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func `the longest row of zeros is left out`() {
    #expect(IPAddress("1:0:0:2:0:0:0:3")?.text == "1:0:0:2::3")
    #expect(IPAddress("0:0:1:0:0:1:0:1")?.text == "::1:0:0:1:0:1")
  }
}
