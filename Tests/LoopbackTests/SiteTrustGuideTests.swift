import LabFacts
import Testing

struct SiteTrustGuideTests {
  static let guides = TrustGuide.all(
    caPath: "/home/a b/it's/ca.pem", url: "https://localhost:8443/", fingerprint: "3F:9A:11")

  @Test func `every guide has three steps, compares the fingerprint and can be undone`() {
    #expect(Self.guides.count == 5)
    for guide in Self.guides {
      #expect(guide.steps.count == 3, "\(guide.title)")
      #expect(guide.steps.contains { $0.contains("3F:9A:11") }, "\(guide.title)")
      #expect(!guide.undo.isEmpty, "\(guide.title)")
    }
  }

  @Test func `paths are quoted for the shell, plain ones are left as they are`() {
    #expect(
      Self.guides[0].steps[1] == "$ curl --cacert '/home/a b/it'\\''s/ca.pem' https://localhost:8443/")
    let plain = TrustGuide.all(caPath: "/tmp/ca.pem", url: "https://[::1]:1/", fingerprint: "")
    #expect(plain[0].steps[1] == "$ curl --cacert /tmp/ca.pem 'https://[::1]:1/'")
  }

  @Test func `what certutil adds, certutil removes under the same name`() {
    for guide in Self.guides where guide.title.contains("by command") {
      #expect(
        guide.steps[1].contains("certutil -d") && guide.steps[1].contains("-A -t \"C,,\" -n 'netlab CA'"))
      #expect(guide.undo.contains { $0.hasPrefix("$ certutil -d") && $0.hasSuffix("-D -n 'netlab CA'") })
    }
  }

  @Test func `the preface says why it is safe and what to compare`() {
    let preface = TrustGuide.preface(fingerprint: "3F:9A:11").joined(separator: "\n")
    for word in ["localhost", ".test", "loopback", "3F:9A:11", ".p12"] {
      #expect(preface.contains(word), "\(word)")
    }
  }
}
