package import LabFacts
import LabTLS

/// How programs are told to trust the lab's CA, and how that is taken back: printed, never done.
package enum TrustSteps {
  /// The guides for this machine's own store, openssl, curl and the browsers.
  package static func all(_ desk: CertificateDesk, url: String) -> [TrustGuide] {
    let path = path(desk)
    return [system(quoted(path)), openssl(quoted(path))]
      + TrustGuide.all(caPath: path, url: url, fingerprint: fingerprint(desk))
  }

  /// Where the CA's certificate lies.
  package static func path(_ desk: CertificateDesk) -> String {
    desk.store.certificatePath(named: CertificateDesk.authority) ?? ""
  }

  package static func fingerprint(_ desk: CertificateDesk) -> String {
    desk.store.summary(named: CertificateDesk.authority)?.fingerprint ?? ""
  }

  /// Debian and Ubuntu keep certificates of the administrator in one place, Fedora in another.
  private static func system(_ file: String) -> TrustGuide {
    TrustGuide(
      title: "This machine's own store, for every user and most programs but browsers",
      steps: [
        "Debian, Ubuntu:\n$ sudo install -m 644 \(file) /usr/local/share/ca-certificates/netlab-ca.crt\n$ sudo update-ca-certificates",
        "Fedora, RHEL:\n$ sudo install -m 644 \(file) /etc/pki/ca-trust/source/anchors/netlab-ca.crt\n$ sudo update-ca-trust",
      ],
      undo: [
        "Debian, Ubuntu:\n$ sudo rm /usr/local/share/ca-certificates/netlab-ca.crt\n$ sudo update-ca-certificates --fresh",
        "Fedora, RHEL:\n$ sudo rm /etc/pki/ca-trust/source/anchors/netlab-ca.crt\n$ sudo update-ca-trust",
      ])
  }

  private static func openssl(_ file: String) -> TrustGuide {
    TrustGuide(
      title: "openssl",
      steps: [
        "$ openssl s_client -CAfile \(file) -connect HOST:PORT", "The option counts for this one call.",
      ],
      undo: ["Nothing to undo: openssl stored nothing."])
  }

  /// A word for a POSIX shell, whatever is in it.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
