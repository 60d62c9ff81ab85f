/// Diffie-Hellman groups in PEM. They are public: no secret is in them.
enum DHParameterTexts {
  /// ffdhe2048 (RFC 7919).
  static let good = text(
    """
    MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
    +8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
    87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
    YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
    7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
    ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
    """)

  /// 1024 bits: too short since 2015.
  static let weak = text(
    """
    MIGHAoGBAMj4hBm9jt6N0PK3wMUyZtoSYEWaQqCkne3OnLV54WQT+jB03srPS2X2
    YRWTfbF4QcHRf45ESt88R6jff2sW69PbvxfHtdVBWJB5gSA7Xhx+ZHUaxjLvkMqP
    0mrpVm0uwKFcHCibeyN+m0VSkH+R7v85qogEwDP3kZktQG0T1qfvAgEC
    """)

  private static func text(_ body: String) -> [UInt8] {
    Array("-----BEGIN DH PARAMETERS-----\n\(body)\n-----END DH PARAMETERS-----\n".utf8)
  }
}
