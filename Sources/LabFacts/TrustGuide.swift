/// How to make one program trust the lab's CA, and how to take that back.
package struct TrustGuide: Hashable, Sendable, Codable {
  package let title: String
  /// In order. A step may have several lines; a line that is a command starts with `$ `.
  package let steps: [String]
  /// In order, written as the steps are.
  package let undo: [String]

  package init(title: String, steps: [String], undo: [String]) {
    self.title = title
    self.steps = steps
    self.undo = undo
  }

  /// What to know before the first step: why it is safe, and what to compare.
  package static func preface(fingerprint: String) -> [String] {
    [
      "Trusting this CA cannot endanger you on other sites: it is allowed to vouch for localhost, .test"
        + " names and loopback addresses only. Its key stays on this machine.",
      "Compare the SHA-256 fingerprint before you trust it: \(fingerprint)",
      "Import the CA, not the server's own certificate and not a .p12 file.",
    ]
  }

  /// The guides for curl, Chromium and Chrome, and Firefox. `caPath` is the CA's certificate in PEM form,
  /// `url` what to open afterwards, `fingerprint` the SHA-256 of the CA.
  package static func all(caPath: String, url: String, fingerprint: String) -> [TrustGuide] {
    let file = quoted(caPath)
    return [
      curl(file, url, fingerprint),
      chromeWithCertutil(file, url, fingerprint),
      chromeWithSettings(caPath, url, fingerprint),
      firefoxWithSettings(caPath, url, fingerprint),
      firefoxWithCertutil(file, url, fingerprint),
    ]
  }

  private static let nickname = "'netlab CA'"

  private static func curl(_ file: String, _ url: String, _ fingerprint: String) -> TrustGuide {
    TrustGuide(
      title: "curl",
      steps: [
        compare(file, fingerprint),
        "$ curl --cacert \(file) \(quoted(url))",
        "The option counts for this one call. curl without it still refuses, as it should.",
      ],
      undo: ["Nothing to undo: curl stored nothing."])
  }

  private static func chromeWithCertutil(_ file: String, _ url: String, _ fingerprint: String) -> TrustGuide {
    TrustGuide(
      title: "Chromium and Chrome on Linux, by command (certutil is in libnss3-tools)",
      steps: [
        compare(file, fingerprint),
        "$ mkdir -p \"$HOME/.pki/nssdb\" && certutil -d \"sql:$HOME/.pki/nssdb\" -A -t \"C,,\" -n \(nickname)"
          + " -i \(file)",
        "Restart the browser and open \(url)",
      ],
      undo: ["$ certutil -d \"sql:$HOME/.pki/nssdb\" -D -n \(nickname)", "Restart the browser."])
  }

  private static func chromeWithSettings(_ path: String, _ url: String, _ fingerprint: String) -> TrustGuide {
    TrustGuide(
      title: "Chromium and Chrome, by hand",
      steps: [
        "Open chrome://certificate-manager, then Custom, \"Installed by you\", and Import under"
          + " \"Trusted Certificates\". Older versions: Settings, Privacy and security, Security,"
          + " Manage certificates, Authorities, Import.",
        "Choose \(path). If asked, tick only \"identify websites\". Compare SHA-256 with \(fingerprint)",
        "Reload \(url)",
      ],
      undo: ["Open the same page, find the netlab CA and delete it.", "Restart the browser."])
  }

  private static func firefoxWithSettings(_ path: String, _ url: String, _ fingerprint: String) -> TrustGuide
  {
    TrustGuide(
      title: "Firefox, by hand",
      steps: [
        "Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import: choose \(path)",
        "Press View and compare SHA-256 with \(fingerprint), then tick"
          + " \"Trust this CA to identify websites\" and nothing else.",
        "Reload \(url)",
      ],
      undo: ["The same Authorities list: choose the netlab CA, then \"Delete or Distrust\"."])
  }

  private static func firefoxWithCertutil(
    _ file: String, _ url: String, _ fingerprint: String
  ) -> TrustGuide {
    TrustGuide(
      title: "Firefox, by command (certutil is in libnss3-tools)",
      steps: [
        compare(file, fingerprint),
        "Close Firefox. Put the profile's folder in place of PROFILE; about:profiles shows it as"
          + " Root Directory.\n$ certutil -d sql:PROFILE -A -t \"C,,\" -n \(nickname) -i \(file)",
        "Start Firefox and open \(url)",
      ],
      undo: ["$ certutil -d sql:PROFILE -D -n \(nickname)", "Firefox has to be closed for it."])
  }

  private static func compare(_ file: String, _ fingerprint: String) -> String {
    "$ openssl x509 -in \(file) -noout -fingerprint -sha256\nIt must say \(fingerprint)"
  }

  /// A word for a POSIX shell, whatever is in the path.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || "/._-:".utf8.contains(byte)
      }
    return isPlain
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
