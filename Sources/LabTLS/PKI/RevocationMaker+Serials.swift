import COpenSSLSystem
import LabFacts

extension RevocationMaker {
  /// A certificate that has nothing but this serial number: all that a list of revoked ones looks at.
  static func bearer(of serial: [UInt8]) throws(Failure) -> Certificate {
    guard let pointer = X509_new(), let number = BN_bin2bn(serial, Int32(serial.count), nil) else {
      throw SetupFailure.make(.setupOther, subject: "serial", errors: ErrorQueue.drain())
    }
    defer { BN_free(number) }
    let certificate = Certificate(owning: pointer)
    guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer)) != nil else {
      throw SetupFailure.make(.setupOther, subject: "serial", errors: ErrorQueue.drain())
    }
    return certificate
  }
}
