/// A key under the pass phrase "right", and its certificate. It guards nothing.
enum EncryptedKey {
  static let certificate = Array(
    """
    -----BEGIN CERTIFICATE-----
    MIIBODCB66ADAgECAhRS3tTs9PWCZr0VUz/J0Ng19X1uKzAFBgMrZXAwETEPMA0G
    A1UEAwwGbG9ja2VkMCAXDTI2MTEyMTAwNTMxNloYDzIxMjYxMDI4MDA1MzE2WjAR
    MQ8wDQYDVQQDDAZsb2NrZWQwKjAFBgMrZXADIQClsvg2HhqFXbtvrrHKN0gXZy7N
    3dugXDrd3e8x91/t/qNTMFEwHQYDVR0OBBYEFE9WJlEPuDX+27TSqNIeuyk0hi8J
    MB8GA1UdIwQYMBaAFE9WJlEPuDX+27TSqNIeuyk0hi8JMA8GA1UdEwEB/wQFMAMB
    Af8wBQYDK2VwA0EA8oo2WMHYwt3ZZq2oSVEQ9xj11ixjT9ribkVng1UtFqdAKSwZ
    YJ1/YkcXAumpwptr2FFGR0tSi8vtDn8IKgBSAQ==
    -----END CERTIFICATE-----
    """.utf8)

  static let key = Array(
    """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIGKME4GCSqGSIb3DQEFDTBBMCkGCSqGSIb3DQEFDDAcBAh0akvrEmoINgICCAAw
    DAYIKoZIhvcNAgkFADAUBggqhkiG9w0DBwQIGvKD3vjq4MAEOCCqLGwa7D6nZwwp
    0R9Aypp795oPjcUOxc+scRrrXTO+ND9LVuUAVMO59M5cCp+0lyhhAbSk6URu
    -----END ENCRYPTED PRIVATE KEY-----
    """.utf8)
}
